import weakref
class A:
    def __init__(self, n): self.n = n
    def m(self): return self.n
    def __repr__(self): return f"A({self.n})"
d = weakref.WeakValueDictionary()
k1, k2 = A(3), A(4)
d["one"] = k1; d["two"] = k2
print(len(d), dict(d), list(d.items()), "one" in d, d.get("three"), d["two"], sorted(d.keys()))
x = d.pop("one"); print(x, list(d), d.setdefault("z", x), d.get("z"))
for k, v in d.items(): print(k, v)
for bad in (5, "s", [1], (1,), None, {}):
    try: weakref.ref(bad)
    except TypeError as e: print(e)
class Slots: __slots__ = ("x",)
class Slots2: __slots__ = ("x", "__weakref__")
try: weakref.ref(Slots())
except TypeError as e: print(e)
class L(list): pass
l = L(); print(weakref.ref(l)() is l); s2 = Slots2(); print(weakref.ref(s2)() is s2)
o = A(9); m = weakref.ref(o.m); print(m()); wm = weakref.WeakMethod(o.m); print(wm()())
s = weakref.WeakSet(); s.add(o); print(len(s), o in s, list(s))
