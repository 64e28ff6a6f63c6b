# Hooks of metaclasses and of __slots__: what type() calls, what `del` asks, how members show.
class M(type):
    def __new__(m, n, b, d):
        print('new', n, d); return super().__new__(m, n, b, d)
    def __delattr__(c, k): print('del', k); super().__delattr__(k)
    def __setattr__(c, k, v): print('set', k); super().__setattr__(k, v)
class A(metaclass=M): x = 1; y = 2
del A.x; delattr(A, 'y'); A.z = 4; setattr(A, 'q', 5)
B = type('B', (A,), {'k': 1}); print(type(B), B)
C = type.__new__(M, 'C', (), {}); print(type(C))
try: del A.nope
except AttributeError as e: print(e)
class M(type):
    def __new__(m, n, b, d, **k): print('M new', n, k); return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): print('M init', n, k); super().__init__(n, b, d)
class N(M): pass
class A(metaclass=M): pass
class B(metaclass=N): pass
C = type('C', (A, B), {'x': 1}); print(type(C), C.x)
D = type('D', (A,), dict(y=2), flag=3); print(D.y)
class O(type): pass
class P(metaclass=O): pass
for f in (lambda: type('Q', (A, P), {}), lambda: O('R', (A,), {}), lambda: type('S', (5,), {}), lambda: type('T', (), 5), lambda: type(5, (), {}), lambda: type('U', [], {}), lambda: type(1, 2), lambda: type()):
    try: print(f())
    except TypeError as e: print(e)
def fm(name, bases, ns, **kw): print('fm', name, bases, sorted(ns), kw); return type(name, bases, ns)
class V(metaclass=fm, opt=5): z = 1
print(V, V.z)
class W(Exception):
    def __delattr__(s, n): print('del', n)
    def __setattr__(s, n, v): print('set', n, v); super().__setattr__(n, v)
w = W(1); w.q = 4; del w.q; print(w.q)
class Z(dict):
    def __delattr__(s, n): del s[n]
    def __getattr__(s, n):
        try: return s[n]
        except KeyError: raise AttributeError(n) from None
    __setattr__ = dict.__setitem__
z = Z(a=1); z.b = 2; print(z, z.a); del z.a; print(z)
try: z.a
except AttributeError as e: print(repr(e))
try: del z.nope
except KeyError as e: print(repr(e))
class P:
    __slots__ = ('zeta', '__alpha', 'mid', '__dunder__', '_x')
    def __init__(self): self.__alpha = 1; self.zeta = 2
    def get(self): return self.__alpha
class _Q(P):
    __slots__ = '__beta'
    def __init__(self):
        super().__init__(); self.__beta = 5
class __(P):
    __slots__ = ['__c']
p = _Q(); print(p.get(), p._Q__beta, p._P__alpha, [k for k in P.__dict__ if not k.startswith('__')], _Q._Q__beta, __.__c if True else 0)
try: p.__c
except AttributeError as e: print(e)
import copy
q = copy.copy(p); print(q.get(), q._Q__beta, P.__slots__, _Q.__slots__)
class Base:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
class S1(Base, tag='x'): pass
try:
    class S3(Base, bogus=1): pass
except TypeError as e: print(e)
for f in (lambda: object.__init_subclass__(1), lambda: int.__init_subclass__(a=1), lambda: Base.__init_subclass__(), lambda: S1.__init_subclass__(1, 2)):
    try: print(f())
    except TypeError as e: print(e)
class Plug:
    plugins = {}
    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Plug.plugins[cls.__name__] = cls
class A(Plug): pass
class B(A, Plug): pass
print(Plug.plugins)
