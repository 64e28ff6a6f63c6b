class A:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
a = A(1)
del a
print("after")
a = A(2)
a = A(3)
b = a
a = None
print("b")
b = None
A(4)
print("x")
for i in range(3):
    x = A(10 + i)
print("end")
class A:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
def f():
    x = A(1)
    y = A(2)
    print("in f")
def g():
    x = A(3)
    del x
    print("after del")
    z = A(4)
    z = None
    print("g end")
    return 5
f()
print("after f")
r = g()
def h():
    x = A(6)
    return x
h()
k = h()
k.n = 7
print("k")
del k
class A:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("del", self.n)
l = [A(1), A(2), A(3)]
l.pop()
del l[0]
l.clear()
l = [A(4), A(5)]
l = None
d = {'a': A(6), 'b': A(7)}
d.pop('a')
del d
class H:
    def __init__(self):
        self.a = A(8)
        self.b = A(9)
h = H()
h.a = None
h = 1
print("end")
z = A(99)
class Node:
    def __init__(self, name, child=None):
        self.name = name
        self.child = child
    def __del__(self):
        print(f"{self.name} destroyed")
def build():
    a = Node("a", Node("b"))
    c = Node("c")
    return c
x = build()
print("built", x.name)
def scope():
    n = Node("n")
    try:
        raise ValueError("boom")
    finally:
        print("finally")
try:
    scope()
except ValueError as e:
    print("caught", e)
print("next")
items = [Node(str(i)) for i in range(3)]
items = [n for n in items if n.name != "1"]
print(len(items))
while items:
    items.pop()
class Res:
    def __enter__(self):
        print("enter"); return self
    def __exit__(self, *a):
        print("exit")
    def __del__(self):
        print("res del")
with Res() as r:
    print("body")
r = None
with Res():
    print("body2")
print("done")
class Bad:
    def __del__(self):
        raise RuntimeError("in del")
b = Bad()
del b
print("still here")
class Sing:
    inst = None
    def __new__(cls):
        if cls.inst is None:
            cls.inst = super().__new__(cls)
        return cls.inst
    def __del__(self): print("sing")
s1 = Sing(); s2 = Sing()
del s1
del s2
print("end")
def outer():
    n = Node("closure")
    def inner():
        return n.name
    return inner
f = outer()
print(f())
f = None
print("gone")
d = {"k": Node("dict")}
d["k"] = 1
d.clear()
def gen():
    n = Node("gen local")
    yield 1
    yield 2
for v in gen():
    print(v)
g = gen()
next(g)
g = None
print("last")
import weakref
n = Node("weak")
w = weakref.ref(n)
print(w() is n)
del n
print(w())
EOF=1
class T:
    count = 0
    def __init__(self, n):
        self.n = n
        T.count += 1
        print(f"create {n}")
    def __del__(self):
        T.count -= 1
        print(f"destroy {self.n}")
def main():
    a = T(1)
    b = a
    del a
    print("one ref", T.count)
    b = None
    print("none", T.count)
    objs = [T(2), T(3)]
    objs.pop(0)
    print("popped", T.count)
    objs.clear()
    print(T.count)
    c = T(4)
    c = T(5)
    print("replaced")
    for i in range(2):
        t = T(10 + i)
    print("loop over")
    return "result"
print(main())
print(T.count)
