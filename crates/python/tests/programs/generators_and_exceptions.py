def gen(n):
    try:
        for i in range(n):
            r=yield i
            if r: print("got",r)
    finally:
        print("fin")
g=gen(5)
print(next(g),g.send("x"),next(g))
g.close()
def outer():
    r=yield from inner()
    print("r",r)
    yield 9
def inner():
    yield 1
    return 5
print(list(outer()))
class CM:
    def __enter__(self): print("in"); return self
    def __exit__(self,*a): print("out",a[0]); return True
with CM() as c:
    1/0
print("after")
try:
    try:
        int("x")
    except ValueError as e:
        raise KeyError("k") from e
except KeyError as e:
    print(repr(e),repr(e.__cause__))
finally:
    print("done")
def f(): 
    for i in range(3):
        try:
            if i==1: continue
            if i==2: break
            print(i)
        finally:
            print("f",i)
    else:
        print("no")
    return i
print(f())
