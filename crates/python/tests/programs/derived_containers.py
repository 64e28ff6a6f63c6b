# Classes derived from containers: keywords of their own, operators in place.
class T(tuple):
    def __init__(self, arg, newarg=None): self.newarg = newarg
t = T([1, 2], newarg=3); print(t, t.newarg)
class F(frozenset):
    def __init__(self, arg=(), *, tag=None): self.tag = tag
f = F([1], tag='x'); print(f, f.tag)
class Fl(float):
    def __init__(self, v, unit='m'): self.unit = unit
print(Fl(2.5, unit='km').unit)
class L(list):
    def __init__(self, *a, name='n'):
        super().__init__(*a); self.name = name
l = L([1], name='q'); print(l, l.name)
class S(set): pass
class L2(list): pass
class T2(tuple): pass
class LN(list):
    def __new__(cls, *a, **k): return super().__new__(cls)
for f in (lambda: S(a=1), lambda: L2(sequence=()), lambda: T2(sequence=()), lambda: LN([1], x=2), lambda: L2([1], 2), lambda: S([1], [2]), lambda: [].__init__(1, 2), lambda: set().__init__(x=1), lambda: list(x=1)):
    try: print(f())
    except TypeError as e: print(e)
d = {'a': 1}; print(d.__ior__({'b': 2}), d, {}.__ror__({1: 2}), dict.__ior__)
try: d.__ior__(5)
except TypeError as e: print(e)
l = [1]; print(l.__imul__(3), l, list.__imul__)
s = {1, 2}; print(s.__iand__({1}), s.__ior__({5}), s.__isub__({1}), s.__ixor__({7}), s, s.__ior__([1]))
class MyD(dict):
    def __ior__(self, o): print('ior'); return super().__ior__(o)
m = MyD(); m |= {'z': 1}; print(m, type(m))
class ML(list):
    def __iadd__(self, o): print('iadd'); return super().__iadd__(o)
    def __imul__(self, o): print('imul'); return super().__imul__(o)
m = ML([1]); m += [2]; m *= 2; print(m, type(m))
class MS(set):
    def __ior__(self, o): print('ior'); return super().__ior__(o)
m = MS(); m |= {3}; print(m, type(m))
import operator
print(operator.__lt__(1, 2), operator.__eq__(1, 1), operator.__add__(1, 2), operator.__lt__ is operator.lt, operator.__and__(6, 3), operator.ge(3, 2), operator.__ne__)
