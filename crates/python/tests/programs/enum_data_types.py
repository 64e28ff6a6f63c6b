from enum import *
class Coordinate(bytes, Enum):
    def __new__(cls, value, label, unit):
        obj = bytes.__new__(cls, [value])
        obj._value_ = value
        obj.label = label
        obj.unit = unit
        return obj
    PX = (0, 'P.X', 'km')
    PY = (1, 'P.Y', 'km')
print(Coordinate.PY.label, str(Coordinate.PX), f"{Coordinate.PX}", Coordinate(1) is Coordinate.PY)
class Num(int, Enum):
    def __new__(cls, value):
        obj = int.__new__(cls, value * 2)
        obj._value_ = value
        return obj
    A = 1
    B = 2
print(Num.A + 1, repr(Num.B), str(Num.B), f"{Num.B}", Num(2), dir(Num))
class S(StrEnum):
    X = auto()
    def __new__(cls, value):
        o = str.__new__(cls, value)
        o._value_ = value
        return o
print(S.X, repr(S.X))
class I(IntEnum):
    Q = 4
    W = 5
    def __new__(cls, value):
        o = int.__new__(cls, value)
        o._value_ = value
        return o
print(I.Q, repr(I.Q), f"{I.W}", I(5) is I.W)
class P(IntFlag):
    R = 1
    W = 2
print(P.R | P.W, repr(P.R | P.W), P(3), ~P.R)
class N(Enum):
    def __new__(cls, v):
        o = object.__new__(cls)
        o._value_ = v
        return o
    A = 1
print(dir(N), dir(N.A), dir(Enum), dir(IntEnum))
def f():
    pass
f.note = 1
print(dir(f))
