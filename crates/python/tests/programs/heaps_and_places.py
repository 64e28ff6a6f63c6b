# heapq and bisect: their order of comparisons, complaints and results.
import bisect,heapq
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
t(lambda:bisect.bisect({0:1},1)); t(lambda:bisect.bisect(5,1)); t(lambda:bisect.bisect(5,1,0,3)); t(lambda:bisect.bisect({1},1)); t(lambda:bisect.bisect([1],1,-1));t(lambda:bisect.bisect([1],1,None));t(lambda:bisect.bisect([1],1,0,'a'));t(lambda:bisect.bisect([1],1,0,50));t(lambda:bisect.bisect([1,2,3],2,0,-1)); t(lambda: bisect.insort((1,2),3)); t(lambda: bisect.bisect([1],'a')); t(lambda: bisect.bisect()); t(lambda: bisect.bisect([1],1,0,1,3)); t(lambda: bisect.bisect([1,2],x=1)); t(lambda: bisect.bisect([3],1,key=lambda x:-x)); t(lambda:bisect.bisect([1],1,0,-5)); t(lambda:bisect.bisect([1],1,foo=3)); t(lambda:bisect.bisect([1,2],1,2**70)); t(lambda:bisect.bisect([1,2],1,0,-2))
t(lambda:heapq.heappush((1,),2)); t(lambda:heapq.heappop(None)); t(lambda:heapq.heapify('a')); t(lambda:heapq.heappush([])); t(lambda:heapq.heappop()); t(lambda: heapq.heappop([])); t(lambda: heapq.heapreplace([],1)); t(lambda:heapq.heappushpop([],1)); t(lambda:heapq.heappush(heap=[],item=1)); t(lambda:heapq._heappop_max([])); t(lambda:heapq._heapify_max(5)); t(lambda:heapq._heapreplace_max((),5))
class X:
    def __init__(s, v): s.v = v
    def __lt__(s,o): print('lt', s.v, o.v); return s.v < o.v
    def __repr__(s): return f'X{s.v}'
h=[]
for v in (5, 3, 8, 1, 9, 2, 3): heapq.heappush(h, X(v))
print(h, heapq.heappushpop(h, X(0)), heapq.heappushpop(h, X(4)), heapq.heapreplace(h, X(7)), h)
while h: print(heapq.heappop(h))
h = [X(v) for v in (9, 4, 7, 1, 0, 3, 2)]
heapq.heapify(h); print(h, heapq.nsmallest(2, h), heapq.nlargest(3, h), heapq.nlargest(1, h))
class Y:
    def __lt__(s,o): h.append(Y()); return True
h=[Y(),Y()]
t(lambda: heapq.heappush(h,Y()))
h=[Y(),Y(), Y()]
t(lambda: heapq.heappop(h))
t(lambda: heapq.heappush([1], 'a'))
q = [1]; t(lambda: heapq.heappush(q, 'a')); print(q)
print(list(heapq.merge([1,4,7], [2,5], [0], reverse=False)), list(heapq.merge([7,4,1], [5,2], key=lambda x: x, reverse=True)))
class L(list): pass
l = L([3,1,2]); heapq.heapify(l); print(l, heapq.heappop(l)); bisect.insort(l, 2.5); print(l)
class I(list):
    def insert(self, i, x): print('ins', i, x); super().insert(i, x)
i = I([1, 5]); bisect.insort_left(i, 3); print(i)
d = [(1, 'a'), (3, 'b')]; bisect.insort(d, (2, 'z'), key=lambda p: p[0]); print(d, bisect.bisect_left(d, 2, key=lambda p: p[0]), bisect.bisect(range(0, 100, 5), 33), bisect.bisect_right('aabbcc', 'b'))
import random
random.seed(4)
x = [random.randint(0, 99) for _ in range(50)]; heapq.heapify(x); print(x); print([heapq.heappop(x) for _ in range(50)])
print(heapq.heappush, heapq.heappush.__module__, bisect.bisect, bisect.insort, heapq._heappop_max, heapq.heappush.__name__)
