import sys
data=sys.stdin.read().split()
print(data)
for line in sys.stdin: print(line)
sys.setrecursionlimit(10**6)
def deep(n): return 0 if n==0 else 1+deep(n-1)
print(deep(900))
class S:
    __slots__=("a","b")
s=S(); s.a=1
try: s.c=1
except AttributeError as e: print(e)
class Meta(type):
    def __new__(m,n,b,d):
        d["tag"]=n
        return super().__new__(m,n,b,d)
class X(metaclass=Meta): pass
print(X.tag)
class L(list):
    def total(self): return sum(self)
l=L([1,2]); l.append(3); print(l,l.total(),len(l),l+[1])
class I(int):
    def __add__(s,o): return I(int(s)+o+1)
print(I(3)+4, I(5)*2)
class E(Exception):
    def __init__(self,c): super().__init__("code %d"%c); self.c=c
try: raise E(4)
except E as e: print(e,e.c,e.args)
class Dd(dict):
    def __missing__(self,k): return k*2
print(Dd()[4])
def f():
    x=1
    del x
    y=2
    x=3
    return locals()
print(f())
for i in range(3): pass
else: z=1
exit(0)
