import weakref
class A: pass
a = A(); r = weakref.ref(a); lst = [a]
del a
print(r() is None); lst.clear(); print(r() is None)
def g():
    b = A(); rr = weakref.ref(b); print(rr() is b)
    b = 5
    print(rr() is None)
g()
def gen():
    c = A(); yield weakref.ref(c); yield 2
it = gen(); q = next(it); print(q() is None); next(it); print(q() is None); list(it); print(q() is None)
