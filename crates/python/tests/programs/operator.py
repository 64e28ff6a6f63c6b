import operator
from operator import *
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(add,1,2); t(sub,1,2); t(mul,'a',3); t(truediv,1,0); t(floordiv,7,2); t(mod,7,0); t(pow,2,10); t(and_,6,3); t(or_,6,3); t(xor,6,3); t(neg,5); t(not_,0); t(lt,1,'a'); t(eq,1,1.0); t(contains,[1,2],2); t(getitem,[1,2],5); t(is_,None,None); t(truth,[]); t(concat,[1],[2]); t(concat,1,2); t(countOf,[1,2,1],1); t(indexOf,[1,2],2); t(indexOf,[1],3); t(inv,5); t(abs,-3); t(index,True); t(index,1.5); t(lshift,1,5); t(iadd,[1],[2]); t(add,1); t(matmul,1,2); t(add,1,'a')
d = {'a':1}; setitem(d,'b',2); delitem(d,'a'); print(d)
g = itemgetter(1); print(g([1,2]), itemgetter(0,2)('abc'), g, itemgetter('a','b'), sorted([(1,3),(2,1)], key=itemgetter(1)), itemgetter(slice(0,2))('abc'))
class A:
    x = 5
    class B: y = 7
    def m(self, a, b=2): return (a, b)
print(attrgetter('x')(A()), attrgetter('B.y','x')(A), attrgetter('x'), methodcaller('m', 1, b=3)(A()), methodcaller('upper')('abc'), methodcaller('m', 1, b=3))
t(itemgetter); t(attrgetter, 5); t(g); t(g, 5); t(attrgetter('zz'), A()); t(methodcaller); t(itemgetter(3), {})
ops = {'+': operator.add, '-': operator.sub, '*': operator.mul}
for k, f in ops.items(): print(k, f(3, 4))
print(operator.__add__(1,2), operator.add, operator.mul.__name__)
operator.zzz
