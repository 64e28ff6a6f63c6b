match [1,2,{"k":3}]:
    case [a,b,{"k":z}] if z>2:
        print(a,b,z)
    case _:
        print("no")
class P:
    __match_args__=("x","y")
    def __init__(s,x,y): s.x=x; s.y=y
match P(1,2):
    case P(1,y=q): print("q",q)
def outer():
    n=0
    def inc():
        nonlocal n
        n+=1
        return n
    return inc
i=outer(); i(); print(i())
def deco(f):
    def w(*a,**k):
        print("call",f.__name__)
        return f(*a,**k)
    return w
@deco
def add(a,b=3,*c,d,**e): return a,b,c,d,e
print(add(1,d=5),add(1,2,3,4,d=1,z=9))
try: add(1)
except TypeError as e: print(e)
print(f"{3.14159:.2f} {42:>6} {'x':*^7} {1234567:,} {255:#x} {0.1+0.2!r} {1e20} {1e-7}")
print(2**100, -7//2, -7%3, 7/2, divmod(-7,3), pow(3,-1,7), 1<<70, ~5, round(2.5), round(2.675,2))
print("a,b,,c".split(","), " x y ".split(), "abc".upper().center(9,"-"), "%05.1f|%-5s|%x"%(3.14159,"ab",255))
l=[5,3,9]; l.sort(reverse=True); l[1:1]=[7,7]; del l[0]; print(l,l[::-1],l.index(7),l.count(7))
t=(1,);print(t,(),{},set(),frozenset([1]),[[]],b"ab\x00")
del t
while l:
    l.pop()
else: print("empty")
lam=lambda x:x+1
print(list(map(lam,[1,2])),list(filter(None,[0,1])),any([0,1]),all([]),sum([[1],[2]],[]),min("b","a"),max([1,3],key=lambda v:-v))
print(int("12"),float("1.5"),str(None),bool([]),list("ab"),dict(a=1),complex(1,2),chr(97),ord("a"),hex(255),bin(5),abs(-3))
