body = r'''
import functools, copy
from functools import *
class C:
    pass
def f(*a, **k): return a, k
p = partial(f, 1, x=2)
p.attr = 5
print(p.__dict__, p.attr, p.args, p.keywords, p.func is f)
class Sub(partial): pass
s = Sub(f, 1)
print(type(s).__name__, s(2), isinstance(s, partial))
print(repr(s)[:18])
q = copy.copy(p); print(q(3), q.attr, q is p)
p2 = partial(p, 7, y=1); print(p2.args, p2.keywords, p2.func is f, p2())
class A:
    def m(self, *a, **k): return type(self).__name__, a, k
    part = partialmethod(m, 1, z=2)
    nested = partialmethod(partialmethod(m, 5), 6)
    over = partialmethod(partial(f, 7), 8)
    st = partialmethod(staticmethod(f), 8)
    cl = partialmethod(classmethod(m), 8)
    nothing = partialmethod(f)
a = A()
print(a.part(3), a.nested(9), a.over()[0][0], len(a.over()[0]), a.st(1), A.st(2), a.cl()[1:], a.nothing()[1])
print([type(x).__name__ for x in a.over(3)[0]], [type(x).__name__ for x in A.part(a, 3)[1]])
try:
    class R:
        @cached_property
        def a(self): return 1
        b = a
except RuntimeError as e: print(e, repr(e.__cause__), )
except TypeError as e: print('T', e)
class M(type):
    @cached_property
    def prop(self): return 1
class K(metaclass=M): pass
try: K.prop
except TypeError as e: print(e)
class NoDict:
    __slots__ = ()
    @cached_property
    def x(self): return 1
try: NoDict().x
except TypeError as e: print(e)
class W:
    pass
w = cached_property(lambda s: 1)
W.w = w
try: W().w
except TypeError as e: print(e)
import collections.abc as c
@singledispatch
def g(x): return "base"
g.register(c.Sized, lambda x: "sized")
print(g([]), g({}), g(3), g("a"))
g.register(c.MutableMapping, lambda x: "mm")
print(g({}), g([]))
g.register(c.MutableSequence, lambda x: "ms")
print(g([]), g({}), g(()))
g.register(list, lambda x: "list")
print(g([]), g.dispatch(list) is g.registry[list], g.dispatch(dict)({}))
@g.register
def _(x: int): return "int"
@g.register(float)
@g.register(str)
def _(x): return "fs"
print(g(1), g(True), g(2.5), g("q"), len(g.registry))
class O(c.Sized):
    def __len__(self): return 0
@singledispatch
def h(x): return "base"
o = O(); print(h(o))
h.register(c.Iterable, lambda x: "iterable"); h.register(c.Sized, lambda x: "sized"); h.register(c.Set, lambda x: "set")
print(h(o)); c.Set.register(O); print(h(o))
class P2: pass
c.Iterable.register(P2); print(h(P2()))
h.register(c.Container, lambda x: "container")
class Z:
    @singledispatchmethod
    def go(self, x): return "obj"
    @go.register
    def _(self, x: int): return "int"
    @go.register(list)
    @classmethod
    def _(cls, x): return "list", cls.__name__
print(Z().go(1), Z().go("s"), Z().go([]))
try:
    @g.register
    def _(x): pass
except TypeError as e: print(str(e)[:38])

from contextlib import *
@contextmanager
def w():
    yield
c = w(); c.__enter__()
@contextmanager
def two():
    yield 1
    yield 2
try:
    with two(): pass
except RuntimeError as e: print(e)
@contextmanager
def trap():
    try: yield
    except ValueError: yield 5
try:
    with trap(): raise ValueError("x")
except RuntimeError as e: print(e, repr(e.__context__), repr(e.__cause__))
stack = ExitStack()
def cb(*a, **k): print(a, k)
with ExitStack() as s:
    r = s.callback(cb, 1, x=2)
    print(r is cb)
    s.callback(cb)
class RE:
    def __init__(self, e): self.e = e
    def __enter__(self): return self
    def __exit__(self, *a): raise self.e
try:
    with ExitStack() as s:
        s.enter_context(RE(IndexError("i")))
        s.enter_context(RE(KeyError("k")))
        s.enter_context(RE(AttributeError("a")))
        1 / 0
except Exception as e:
    x = e
    while x is not None:
        print(repr(x), repr(x.__cause__), x.__suppress_context__); x = x.__context__
try:
    with ExitStack() as s:
        s.callback(lambda: 1/0)
        s.push(lambda *a: True)
        raise ValueError("gone")
except ZeroDivisionError as e: print(repr(e.__context__))
class Sup:
    def __enter__(self): return self
    def __exit__(self, *a): return True
try:
    with ExitStack() as s:
        s.enter_context(RE(IndexError("i")))
        s.enter_context(Sup())
        s.enter_context(RE(KeyError("k")))
        1/0
except Exception as e: print(repr(e), repr(e.__context__))
class Bad:
    pass
try:
    with ExitStack() as s: s.enter_context(Bad())
except TypeError as e: print(e)
try:
    with ExitStack() as s: s.push(3)
except Exception as e: print(repr(e))
with ExitStack() as s:
    new = s.pop_all(); print(type(new).__name__)
'''
exec(body)
