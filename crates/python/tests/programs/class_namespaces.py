class NS(dict):
    def __init__(self):
        super().__init__()
        self.seen = []
    def __setitem__(self, k, v):
        self.seen.append(k)
        super().__setitem__(k, v)
class M(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return NS()
    def __new__(mcs, name, bases, ns):
        return super().__new__(mcs, name, bases, dict(ns))
class A(metaclass=M):
    x = int
    y = len('abc')
    z = str()
print(A.x, A.y, repr(A.z))
class auto:
    def __init__(self, v=1):
        self.v = v
class B(metaclass=M):
    A = auto()
print(B.A.v)
