import weakref
class A:
    def __init__(self, n): self.n = n
    def __repr__(self): return f"A({self.n})"
def cb(r):
    print("callback", r() is None)
a = A(1)
r = weakref.ref(a, cb)
print(r())
del a
print(r())
class B(A):
    def __del__(self): print("del", self.n)
b = B(2)
r1 = weakref.ref(b, lambda r: print("first"))
r2 = weakref.ref(b, lambda r: print("second"))
b = None
print("after b")
c = A(3)
f = weakref.finalize(c, print, "finalized", 3)
print(f.alive)
del c
print(f.alive)
d = A(4)
f2 = weakref.finalize(d, lambda: print("bye"))
f2()
del d
e = A(5)
f3 = weakref.finalize(e, print, "never")
print(f3.detach() is not None)
del e
w = weakref.WeakValueDictionary()
x = A(6)
w['x'] = x
print(len(w), 'x' in w, list(w))
del x
print(len(w), 'x' in w)
def scope():
    y = A(7)
    weakref.finalize(y, print, "y gone")
    print("in scope")
scope()
print("out")
s = weakref.WeakSet()
z = A(8)
s.add(z)
print(len(s))
del z
print(len(s))
