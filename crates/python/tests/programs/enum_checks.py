# What enumerations check of themselves, and their boundaries.
from enum import *
print(STRICT, repr(KEEP), FlagBoundary.EJECT, EnumCheck.UNIQUE, list(EnumCheck), CONTINUOUS)
def tryit(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def a():
    @verify(UNIQUE)
    class A(Enum): X = 1; Y = 1
def b():
    @verify(CONTINUOUS)
    class B(Enum): X = 1; Y = 5; Z = 3
def c():
    @verify(CONTINUOUS)
    class C(Flag): X = 1; Y = 16
def d():
    @verify(NAMED_FLAGS)
    class D(Flag): X = 1; Y = 2; Z = 15
def e():
    @verify(NAMED_FLAGS, UNIQUE)
    class E(IntFlag): X = 1; Z = 7; Q = 11; R = 19
def f():
    @verify(UNIQUE, CONTINUOUS)
    class F(IntEnum): A = 1; B = 2
    return list(F)
for fn in (a, b, c, d, e, f): tryit(fn)
class K(Flag, boundary=KEEP): A = 1; B = 2
class Cf(Flag, boundary=CONFORM): A = 1; B = 2
class Ej(Flag, boundary=EJECT): A = 1; B = 2
class St(IntFlag, boundary=STRICT): A = 1; B = 2
print(K(9), Cf(9), Ej(9), K(8) | K.A, Cf(-1), Ej.A | Ej.B)
tryit(lambda: St(9))
print(dir(K), dir(St)[:3], dir(K.A), len(K))
class W(Enum):
    MON = 1
    TUE = 2
    def f(self): pass
    @property
    def g(self): return 1
print(dir(W), dir(W.MON))
class S(StrEnum): A = 'x'
print([x for x in dir(S) if not x.startswith('__')][:5])
