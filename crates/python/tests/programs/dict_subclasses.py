from collections import defaultdict, OrderedDict, Counter
d = defaultdict(list)
d['a'].append(1); d['b']; print(d, d['a'], dict(d), len(d), 'c' in d, d.get('c'), d.default_factory)
e = defaultdict(lambda: 5, x=1); e['y'] += 1; print(dict(e), e['z'])
n = defaultdict(int); n['k'] += 3; print(n); n2 = n.copy(); print(n2, n2 == {'k':3}, n|{'z':1}, {'q':2}|n)
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(defaultdict, 5); t(lambda: defaultdict()['q']); t(lambda: defaultdict(None, [(1,2)])); t(lambda: d.foo)
def fac():
    print('made')
    return {}
g = defaultdict(fac)
g[1][2] = 3
print(list(g.items()), sorted(g))
tree = lambda: defaultdict(tree)
x = tree(); x['a']['b'] = 1; print(x['a'].keys())
n.default_factory = None
t(lambda: n['zz'])
class DD(defaultdict):
    def __missing__(self, key):
        self[key] = r = key*2
        return r
m = DD(); print(m[4], m, type(m))
o = OrderedDict([('a',1),('b',2)], c=3); print(o); o.move_to_end('a'); print(o); o.move_to_end('c', last=False); print(o, list(o), o.popitem(), o.popitem(last=False), o)
t(lambda: OrderedDict().popitem()); t(lambda: o.move_to_end('zz')); print(OrderedDict(a=1,b=2)==OrderedDict(b=2,a=1), OrderedDict(a=1,b=2)==dict(b=2,a=1), OrderedDict(), o.keys(), o.items(), o.values(), list(reversed(o)))
o['n']=1; del o['n']; print(o.copy(), o|{'z':9}, OrderedDict.fromkeys('abc'), OrderedDict(a=1).pop('a'), o.get('q'), {**o})
o2 = OrderedDict(); o2['x']={'y':[1]}; print(o2, str(o2), f'{o2}')
