def g():
    try:
        print("start")
        yield 1
        yield 2
    finally:
        print("cleanup")
for v in g():
    print(v)
    break
print("after loop")
def f():
    for v in g():
        if v == 1:
            return v
print(f())
it = g()
next(it)
del it
print("x")
it = g()
next(it)
it = None
def first(gen):
    return next(gen)
print(first(g()))
def h():
    x = next(g())
    return x
print(h())
print(next(g()))
from contextlib import contextmanager
@contextmanager
def cm(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("exit", name)
def work():
    with cm("a") as a, cm("b") as b:
        for i in range(3):
            print(a, b, i)
    return i
print(work())
with cm("x"):
    pass
try:
    with cm("y"):
        raise KeyError("k")
except KeyError as e:
    print("caught", e)
def numbers():
    try:
        n = 0
        while True:
            yield n
            n += 1
    except GeneratorExit:
        print("closed")
        raise
    finally:
        print("fin")
def take(k):
    out = []
    for n in numbers():
        if n >= k:
            break
        out.append(n)
    return out
print(take(3))
g = numbers()
print(next(g), next(g))
g.close()
g = numbers()
next(g)
def use(it):
    return sum(x for x in [next(it), next(it)])
print(use(g))
del g
it = iter(numbers())
print([next(it) for _ in range(2)])
it = iter(numbers())
next(it)
import itertools
print(list(itertools.islice(numbers(), 3)))
print(any(n > 2 for n in numbers()))
print(next(n for n in numbers() if n > 1))
a, b, *_ = itertools.takewhile(lambda x: x < 4, numbers())
print(a, b)
z = list(zip(range(2), numbers()))
print(z)
def g(n):
    try:
        yield n
    finally:
        print("end", n)
def h():
    for x in g(20):
        for y in g(21):
            return x + y
print(h())
