import inspect
from inspect import signature, Parameter
def f(a, b: int = 2, /, c=3, *args, d, e: str = "x", **kw) -> bool:
    """Doc line.

        indented
    end
    """
def g(x, y=1): pass
def h(*, k: "str" = None): pass
class A:
    """Class doc"""
    def __init__(self, x: int, y="q"): self.x = x
    def m(self, z, *rest): "m doc"
    @classmethod
    def k(cls, y): pass
    @staticmethod
    def s(z): pass
    @property
    def p(self): return 1
    def __call__(self, v): pass
class B(A):
    def m(self, z, *rest): pass
class C: pass
for o in (f, g, h, A, A.m, A(1).m, A.k, A.s, A(1), B, C, lambda q, *, r=1: 0):
    print(signature(o), repr(signature(o))[:12])
sig = signature(f)
for n, p in sig.parameters.items():
    print(n, p, repr(p), p.kind, p.kind.description, p.default, p.annotation, repr(p.kind), p.kind == Parameter.VAR_KEYWORD)
print(sig.return_annotation, list(sig.parameters), sig == signature(f))
b = sig.bind(1, d=4); print(b, b.args, b.kwargs, b.arguments); b.apply_defaults(); print(b, b.args, b.kwargs)
for call in (lambda: sig.bind(), lambda: sig.bind(1), lambda: sig.bind(1, d=1, a=2), lambda: signature(g).bind(1, 2, 3), lambda: signature(g).bind(1, x=3), lambda: signature(g).bind(z=1, x=1), lambda: signature(h).bind(1), lambda: signature(5), lambda: Parameter("1a", Parameter.KEYWORD_ONLY), lambda: Parameter("a", Parameter.VAR_KEYWORD, default=1), lambda: Parameter("a", 9), lambda: Parameter(5, 1), lambda: Parameter("if", 1), lambda: inspect.Signature([Parameter("a", 1), Parameter("a", 1)]), lambda: inspect.Signature([Parameter("a", 3), Parameter("b", 1)]), lambda: inspect.Signature([Parameter("a", 1, default=1), Parameter("b", 1)])):
    try: print(call())
    except Exception as e: print(type(e).__name__, e)
print(signature(g).bind_partial(), sig.replace(return_annotation=int, parameters=[]), Parameter("a", 1).replace(name="b", default=3, annotation=list[int]), inspect.Signature())
import functools, typing
def deco(fn):
    @functools.wraps(fn)
    def w(*a, **k): return fn(*a, **k)
    return w
@deco
def wrapped(p: typing.List[int], q: typing.Optional[str] = None, r: list[int] = (), s: A = None, t: "fwd" = 1) -> typing.Dict[str, int]: pass
print(signature(wrapped), signature(wrapped, follow_wrapped=False), inspect.unwrap(wrapped).__name__)
def two(a, b, c=3, *, d=4): pass
for pt in (functools.partial(two, 1), functools.partial(two, b=2), functools.partial(two, 1, d=5), functools.partial(f, 1, 2, 3), functools.partial(two, c=1)): print(signature(pt))
print(inspect.getfullargspec(f)); print(inspect.getfullargspec(A), inspect.getfullargspec(A(1).m)); print(inspect.getfullargspec(wrapped).varargs)
print(inspect.getdoc(f)); print(inspect.getdoc(A), inspect.getdoc(B), inspect.getdoc(g), inspect.getdoc(A.m), inspect.getdoc(C)); print(repr(inspect.cleandoc("  a\n    b\n      c\n\n")))
def gen():
    yield 1
async def co(): pass
async def ag(): yield 1
for fn in (inspect.isfunction, inspect.ismethod, inspect.isclass, inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isgenerator, inspect.isbuiltin, inspect.isroutine, inspect.ismodule, inspect.isabstract, inspect.iscode, inspect.isdatadescriptor, inspect.ismethoddescriptor, inspect.isawaitable):
    print(fn.__name__, [fn(o) for o in (f, A, A(1), A(1).m, A.k, len, gen, gen(), co, ag, inspect, 5, "".join, A.p, f.__code__, functools.partial(gen), print, list.append)])
g1 = gen(); print(inspect.getgeneratorstate(g1)); next(g1); print(inspect.getgeneratorstate(g1)); list(g1); print(inspect.getgeneratorstate(g1))
print([n for n, v in inspect.getmembers(A, inspect.isfunction)], [n for n, v in inspect.getmembers(A(1), inspect.ismethod)], [n for n, v in inspect.getmembers(B(2)) if not n.startswith("__")], inspect.getmro(B), [n for n, _ in inspect.getmembers(A, lambda m: not inspect.isroutine(m)) if not n.startswith("_")])
for fn in (inspect.getsource, inspect.getfile, inspect.getsourcefile, inspect.getsourcelines):
    for o in (f, A, A(1).m, 5):
        try: print(fn.__name__, fn(o))
        except Exception as e: print(fn.__name__, type(e).__name__, e)
import abc
class Abs(abc.ABC):
    @abc.abstractmethod
    def a(self): ...
print(inspect.isabstract(Abs), inspect.isabstract(A), inspect.get_annotations(wrapped)["t"], inspect.get_annotations(A), inspect.getmodule(f))
zz = 10
def outer():
    loc = 1
    def inner(): return loc + zz + len("a") + undefined_thing
    return inner
cv = inspect.getclosurevars(outer()); print(cv.nonlocals, cv.globals, list(cv.builtins), cv.unbound)
from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: str = "a"
    z: list = field(default_factory=list)
print(signature(P), Parameter.empty, inspect._empty, inspect.Signature.empty)
def enforce(fn):
    s = signature(fn)
    def w(*a, **k):
        b = s.bind(*a, **k); b.apply_defaults()
        for n, v in b.arguments.items():
            an = s.parameters[n].annotation
            if an is not Parameter.empty and not isinstance(v, an): raise TypeError(f"{n} must be {an.__name__}")
        return fn(*a, **k)
    return w
@enforce
def add(a: int, b: int = 2): return a + b
print(add(1)); 
try: add("x")
except TypeError as e: print(e)
class M(type):
    def __call__(cls, *a, flag=False): return super().__call__(*a)
class WM(metaclass=M):
    def __init__(self, q): pass
print(signature(WM)); f.__signature__ = inspect.Signature([Parameter("z", 1)]); print(signature(f))
