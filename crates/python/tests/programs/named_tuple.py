from collections import namedtuple, ChainMap
P = namedtuple('P', 'x y'); p = P(1, y=2); print(p, p.x, p[1], p._fields, p._asdict(), p._replace(x=5), P._make([3,4]), p == (1,2), hash(p)==hash((1,2)), len(p), list(p), P)
x, y = p
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(P); t(P,1); t(P,1,2,3); t(P,1,2,z=3); t(P,1,x=3); t(p._replace,q=3); t(P._make,[1]); t(namedtuple,'A','1a'); t(namedtuple,'A','class'); t(namedtuple,'A','a a'); t(namedtuple,'A','_a')
Q = namedtuple('Q', ['a','b','c'], defaults=[10, 20]); print(Q(1), Q(1,2), Q(b=3,a=1), Q._field_defaults); t(Q); t(Q,1,2,3,4)
R = namedtuple('R', 'a a b def', rename=True); print(R._fields, R(1,2,3,4))
try: p.x = 3
except AttributeError as e: print(e)
try: p.foo
except AttributeError as e: print(e)
class Point(namedtuple('Point', 'x, y')):
    __slots__ = ()
    def norm(self): return (self.x**2+self.y**2)**.5
    def __add__(self, o): return Point(self.x+o.x, self.y+o.y)
    def __new__(cls, x=0, y=0): return super().__new__(cls, x, y)
a = Point(3,4); print(a, a.norm(), a+a, Point(), sorted([P(2,1),P(1,5)]), max(P(2,1),P(1,5)), {p: 1}, p in {(1,2)})
match p:
    case P(x=1, y=q): print('m', q)
m = ChainMap({'a':1}, {'b':2,'a':3}); print(m, m['a'], m['b'], list(m), dict(m), len(m), m.get('z'), m.new_child({'c':1}), m.parents); m['b']=5; print(m, m.maps)
print(isinstance(p, tuple), p + (3,), p.count(1), p.index(2), p[::-1], str(p), f'{p!r}', tuple(p), repr(P(x='s', y=None)))
