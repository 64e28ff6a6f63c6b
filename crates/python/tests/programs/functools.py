import functools
from functools import *
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(reduce, lambda a,b: a+b, [1,2,3]); t(reduce, lambda a,b: a+b, [1,2,3], 10); t(reduce, max, []); t(reduce, max, [], 5); t(reduce, max, 5); t(reduce)
def add(a, b, c=0):
    return a+b+c
p = partial(add, 1); print(p(2), p(2, c=5), p.func is add, p.args, p.keywords, partial(p, 2, c=3)(), partial(int, base=2)('101')); print(partial(int, base=2), partial(print, 1, sep='-'))
t(partial); t(partial, 5); t(p)
@lru_cache(maxsize=None)
def fib(n):
    if n < 2:
        return n
    return fib(n-1) + fib(n-2)
print(fib(50), fib.cache_info(), fib.__name__, fib.__wrapped__ is not None)
fib.cache_clear(); print(fib.cache_info())
@lru_cache(maxsize=2)
def sq(x, y=1):
    print('call', x)
    return x*x
sq(1); sq(2); sq(1); sq(3); sq(2); sq(1, y=2); sq(1, 2); print(sq.cache_info(), sq.cache_parameters()); t(sq, [1])
@lru_cache
def h(x): return x
@cache
def k(x, y): return (x, y)
print(h(1), h(1), h.cache_info(), k(1, 2), k(1, 2), k.cache_info())
class A:
    def __init__(self): self.n = 0
    @lru_cache(None)
    def m(self, x):
        self.n += 1
        return x + self.n
    @cached_property
    def cp(self):
        print('cp')
        return 42
    @property
    def pr(self): return 1
a = A(); print(a.m(1), a.m(1), a.cp, a.cp, a.__dict__)
def cmp(x, y):
    print('cmp', x, y)
    return (x > y) - (x < y)
print(sorted([3, 1, 2], key=cmp_to_key(cmp)), sorted([3,1,2], key=cmp_to_key(lambda a, b: b - a)), min([3,1,2], key=cmp_to_key(cmp)))
def deco(f):
    @wraps(f)
    def inner(*a, **kw):
        "inner doc"
        print('before')
        return f(*a, **kw)
    return inner
@deco
def hello(name):
    "hello doc"
    return 'hi ' + name
print(hello('x'), hello.__name__, hello.__doc__, hello.__wrapped__.__name__)
@total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) < T(2), T(1) <= T(1), T(2) > T(1), T(1) >= T(2), sorted([T(2), T(1)])[0].v)
@singledispatch
def sd(x): return 'obj'
@sd.register
def _(x: int): return 'int'
@sd.register(str)
def _(x): return 'str'
print(sd(1), sd('a'), sd(1.5), sd(True))
def deep(n):
    return 0 if n == 0 else 1 + deep2(n-1)
deep2 = lru_cache(None)(deep)
t(deep2, 5000)
