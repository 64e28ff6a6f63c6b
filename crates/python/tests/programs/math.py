import math
def t(f,*a,**k):
    try: print(f.__name__, a, k, f(*a,**k))
    except Exception as e: print(f.__name__, a, k, type(e).__name__, e)
t(math.gcd); t(math.gcd,12,-18); t(math.gcd,0,0); t(math.gcd,5); t(math.gcd,-5); t(math.gcd,2**100,2**70*3); t(math.gcd,1.5,2)
t(math.lcm); t(math.lcm,4,6); t(math.lcm,0,5); t(math.lcm,-4,6,10); t(math.lcm,2**70,3)
t(math.comb,5,2); t(math.comb,50,25); t(math.comb,2,5); t(math.comb,-1,2); t(math.comb,5,-1); t(math.comb,5.0,1); t(math.comb,1)
t(math.perm,5,2); t(math.perm,5); t(math.perm,5,None); t(math.perm,3,5); t(math.perm,-1)
t(math.pow,2,3); t(math.pow,0,-1); t(math.pow,-8,1/3); t(math.pow,10,400); t(math.pow,2)
t(math.hypot,3,4); t(math.hypot); t(math.hypot,1,2,3); t(math.dist,(1,2),(4,6)); t(math.dist,[1],[1,2])
t(math.fmod,7,3); t(math.fmod,-7,3); t(math.fmod,1,0); t(math.atan2,1,-1); t(math.copysign,3,-0.0)
t(math.log,8,2); t(math.log,100,10); t(math.log,10,1); t(math.log,0); t(math.log,-1); t(math.log,1,2,3)
t(math.prod,[1,2,3]); t(math.prod,[1.5,2],start=3); t(math.prod,[]); t(math.prod,[1],2); t(math.prod,['a',3])
t(math.fsum,[.1]*10); t(math.isclose,1,1+1e-10); t(math.isclose,1,1.1,rel_tol=.2); t(math.isclose,1,2,rel_tol=-1)
t(math.ldexp,1,10); t(math.ldexp,1.5,-2); t(math.ldexp,1,5000); t(math.ldexp,1,2.0); t(math.nextafter,1,2); t(math.remainder,7,3)
t(math.sqrt); t(math.sqrt,1,2); t(math.factorial,-1); t(math.factorial,5.0); t(math.factorial,30); t(math.isqrt,-1); t(math.isqrt,10**40)
print(math.pi, math.e, math.tau, math.inf, math.nan, math.sqrt)
class V:
    def __floor__(self): return 'fl'
    def __ceil__(self): return 'ce'
    def __trunc__(self): return 'tr'
    def __float__(self): return 2.25
print(math.floor(V()), math.ceil(V()), math.trunc(V()), math.sqrt(V()))
math.foo
