s = set()
for op, t in [('a',(0,0)),('a',(0,-1)),('a',(1,-1)),('a',(1,0)),('r',(0,0)),('a',(0,1)),('r',(0,1)),('a',(0,0)),('r',(1,0)),('a',(2,0)),('a',(1,1)),('r',(1,-1)),('a',(7,7)),('a',(1,0)),('a',(0,1))]:
    (s.add if op == 'a' else s.remove)(t)
    print(op, t, s)
d = {k: 0 for k in 'abcdefgh'}
del d['c']
for k in 'ijklmnop':
    d[k] = ord(k)
    del d[min(d)]
print(d, 'p' in d, 'a' in d)


class Wide:
    a = b = c = d = e = 1


del Wide.c
Wide.f, Wide.g, Wide.__init__ = 2, 3, lambda self, x: print('made', x)
Wide(5)
print({-3, 5, 'Hello World'}, {255, 3**5, '3.14'})
x = {'k': {}}.items() & {'k': 1}.items()
print(x)
