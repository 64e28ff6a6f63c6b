class AttrDict(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
d = AttrDict(a=1)
print(d.a, d.zz)
d.b = 2
print(d, d.b)
del d.a
print(d)
class AD(dict):
    def __init__(self, *a, **k):
        super().__init__(*a, **k)
        self.__dict__ = self
e = AD(x=1)
e.y = 2
print(e, e.x, e['y'])
e['z'] = 3
print(e.z, len(e), sorted(e.__dict__))
class L(list):
    __getattr__ = list.index
print(L("abc").b)
class A:
    __call__ = print
    show = print
A()("x")
A().show("y")
class P:
    __setattr__ = print
try:
    P().y = 5
except Exception as ex: print(type(ex), ex)
class Vec(list):
    def __rmul__(self, k): return Vec(k * x for x in self)
    def __mul__(self, k): return Vec(k * x for x in self)
print(2 * Vec([3, 4]), Vec([1]) * 3)
class S(str):
    def __rmul__(self, n): return "rmul"
print(3 * S("a"), S("a") * 2)
class I(int):
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __divmod__(self, o): return ("divmod", o)
print(divmod(2, I(5)), divmod(I(5), 2), divmod(I(7), I(2)))
class Typed(property):
    def __set__(self, o, v):
        if not isinstance(v, int): raise TypeError("int only")
        super().__set__(o, v)
    def __delete__(self, o):
        print("deleting")
class T:
    def gx(self): return self._x
    def sx(self, v): self._x = v
    x = Typed(gx, sx)
t = T()
t.x = 4
print(t.x)
try: t.x = "s"
except TypeError as ex: print(ex)
del t.x
class CM(classmethod):
    def __get__(self, o, t=None): return lambda *a: ("CM", a)
class SM(staticmethod):
    def __get__(self, o, t=None): return lambda *a: ("SM", a)
class G:
    @CM
    def m(cls): pass
    @SM
    def s(): pass
print(G.m(1), G().s(2))
