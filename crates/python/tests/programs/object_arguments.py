# What object.__init__ and __new__ take; deques changed while they are searched; complex numbers; integers from bytes.
body = r'''

class A:
    def __init__(self, *a, **k): super().__init__(*a, **k)
for f in (lambda: A(), lambda: A(1), lambda: A(x=1), lambda: object.__init__(A(), 4), lambda: object().__init__(3)):
    try: print(type(f()).__name__)
    except TypeError as e: print(e)
class B: pass
for f in (lambda: B().__init__(42), lambda: B.__new__(B, 4), lambda: B(4), lambda: object.__new__(B, 4), lambda: object.__init__(B(), 4), lambda: object.__new__(5), lambda: object.__new__()):
    try: print(type(f()).__name__)
    except TypeError as e: print(e)
class C:
    def __new__(cls, *a): return super().__new__(cls)
class D:
    def __new__(cls, *a): return super().__new__(cls, *a)
    def __init__(self, *a): super().__init__(*a)
for f in (lambda: C(1), lambda: C(1).__init__(4), lambda: D(1), lambda: D(), lambda: D.__new__(D, 4)):
    try: print(type(f()).__name__)
    except TypeError as e: print(e)
class L:
    def __init__(self, left, **kw): self.left = left; super().__init__(**kw)
class R:
    def __init__(self, right, **kw): self.right = right; super().__init__(**kw)
class M(L, R): pass
m = M(left=1, right=2); print(m.left, m.right)
try: M(left=1, right=2, extra=3)
except TypeError as e: print(e)
class E(Exception):
    def __init__(self, *a, **k): super().__init__(*a, **k)
try: E(1, x=2)
except TypeError as e: print(e)
class LL(list):
    def __init__(self, *a, **k): super().__init__(*a, **k)
try: LL(x=1)
except TypeError as e: print(e)
class DD(dict):
    def __init__(self, *a, **k): super().__init__(*a, **k)
print(DD(x=1))
class I(int):
    def __init__(self, *a): super().__init__(*a)
try: I(4)
except TypeError as e: print(e)
class I2(int):
    def __init__(self, *a): super().__init__()
print(I2(4))
class S(str):
    def __new__(cls, v, extra): s = super().__new__(cls, v); s.extra = extra; return s
print(S('a', 3).extra)
class T(tuple):
    def __new__(cls, *items): return super().__new__(cls, items)
    def __init__(self, *items): super().__init__()
print(T(1, 2))
class T3(tuple):
    def __init__(self, *items): super().__init__(*items)
try: T3([1])
except TypeError as e: print(e)
import abc
class AB(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
for f in (lambda: AB(), lambda: object.__new__(AB)):
    try: f()
    except TypeError as e: print(e)

from collections import deque
d = deque(); it = iter(d); d.append(10)
try: next(it)
except RuntimeError as e: print(e)
class Mut:
    def __eq__(self, o): self.d.pop(); return True
for op in ('count', 'index', 'remove', '__contains__'):
    m = Mut(); d = deque([1, 2, 3, m, 4, 5]); m.d = d
    try: print(getattr(d, op)(9))
    except (RuntimeError, ValueError, IndexError) as e: print(op, type(e).__name__, e)

for f in (lambda: complex('1+2j'), lambda: complex(' -3.5j '), lambda: complex('1e3'), lambda: complex(1, -0.0), lambda: complex(1j, 1j), lambda: complex('x'), lambda: complex('1', 2), lambda: complex(1, '2'), lambda: complex({}), lambda: complex(None), lambda: (1+2j).__complex__(), lambda: pow(1j, 2, 3), lambda: 1j < 2, lambda: complex('nan+infj'), lambda: (1+2j) ** 0.5, lambda: (0j) ** -1, lambda: abs(3+4j), lambda: (1+2j).conjugate(), lambda: 1j ** 2, lambda: (2+3j) / (1-1j), lambda: 1 / 0j, lambda: (1+1j) // 2, lambda: (1+1j) % 2, lambda: int(1j), lambda: float(1j), lambda: hash(1+0j) == hash(1), lambda: 1+0j == 1, lambda: complex(real=1, imag=2), lambda: complex('1+j'), lambda: complex('(1+2j)'), lambda: complex('1 + 2j'), lambda: complex(10**400), lambda: 10**400 == 1j, lambda: complex(0, float('nan')), lambda: -0j, lambda: repr(-(0j)), lambda: complex(-0.0, -0.0), lambda: f'{1+2j:.2f}', lambda: (1+2j).real.imag, lambda: round(1j), lambda: divmod(1j, 1), lambda: sorted([1j, 2])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class NS:
    def __init__(s, v): s.v = v
    def __complex__(s): return s.v
for v in (1+2j, None, 1.5, 1):
    try: print(complex(NS(v)))
    except TypeError as e: print(e)

class myint(int): pass
print(type(myint.from_bytes(b'\x05', 'big')), bool.from_bytes(b'\0', 'big'), type(bool.from_bytes(b'\1', 'little')), int.from_bytes([1, 2], 'little'), (5).to_bytes(2, 'big'), (-5).to_bytes(2, 'little', signed=True), int.from_bytes(b'\xff', 'big', signed=True), (1).to_bytes())
huge = 1 << 3000
for t in ("float(huge)", "1. + huge", "huge * 1.", "1. ** huge", "huge / 3.0", "1. // huge", "math.sqrt(huge)", "math.sin(huge)", "huge / huge", "1 / huge", "huge // 3.0", "complex(huge)", "1. - huge", "huge ** 1.", "huge == 1.5", "huge > 1e308", "math.log(huge)", "round(1.5, huge)", "math.floor(huge) == huge", "huge % 1.5", "'%f' % huge", "format(huge, '.2f')", "math.isqrt(huge) > 1", "float(-huge)", "divmod(huge, 2.0)", "sum([1.0, huge])", "max(1.0, huge) == huge", "huge * 1j", "int('9' * 5000)", "str(huge << 20000)"):
    import math
    try: print(t, eval(t))
    except Exception as e: print(t, type(e).__name__, e)
try:
    class X(bool): pass
except TypeError as e: print(e)
class A:
    def foo(self, cls): return 'spam'
class B: bar = classmethod(A().foo)
print(B.bar(), B().bar())
'''
exec(body)
