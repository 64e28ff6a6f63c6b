# What refuses to be set, and how.
from abc import ABC, abstractmethod
class A:
    def __init__(self):
        try:
            super.__init__()
        except TypeError as e:
            print(e)
A()
class B(A):
    def __init__(self):
        super().__init__()
B()
try:
    class C(ABC):
        @abstractmethod
        @property
        def x(self): return 1
    C()
except Exception as e:
    print(type(e), e)
try:
    class D(ABC):
        @property
        @abstractmethod
        def x(self): return 1
    D()
except Exception as e:
    print(type(e), e)
class P:
    @property
    def y(self): return 2
for n in ('fget','fset','other','__doc__','__isabstractmethod__'):
    try:
        setattr(P.y, n, 5); print('set', n)
    except Exception as e:
        print(type(e).__name__, e)
    try:
        setattr(P.__dict__['y'], n, 5); print('set', n)
    except Exception as e:
        print(type(e).__name__, e)
e = ValueError()
for n in ('__cause__','__context__','__traceback__','__suppress_context__'):
    for v in (5, None, KeyError(1), KeyError, 'a'):
        try:
            setattr(e, n, v); print('set', n, v)
        except Exception as x:
            print(type(x).__name__, x)
from functools import partialmethod
class L:
    def set(self, a, b=1): print(a, b)
    one = partialmethod(set, 1, b=2)
    two = partialmethod(set, 2)
L().one(); L().two()
print(L.__dict__['two'].args, L.__dict__['one'].keywords)
