from collections import deque
d = deque([1,2,3])
e = deque(maxlen=2)
def t(f,*a,**k):
    try:
        r = f(*a,**k)
        print(r)
    except Exception as e: print(type(e).__name__, e)
d.append(4); d.appendleft(0); d.extend('ab'); d.extendleft([9,8])
print(d, len(d), d[0], d[-1], d.maxlen, e.maxlen)
e.extend(range(5)); print(e)
d.rotate(2); print(d); d.rotate(-3); print(d); d.rotate(); print(d)
t(d.pop); t(d.popleft); t(deque().pop); t(deque().popleft); t(d.index, 3); t(d.index, 77); t(d.index,3,5); t(d.remove,3); t(d.remove,99)
t(d.count,2); t(d.insert,1,'x'); print(d); t(e.insert,0,1); t(d.__getitem__,100); t(lambda: d['a']); t(lambda: d[1:2])
del d[0]; d[0]='q'; print(d, 'q' in d, 5 in d)
t(lambda: d+[1]); t(lambda: d+deque([1])); t(lambda: d*2); t(lambda: 2*e); t(lambda: e*3); t(lambda: d*1.5)
d += [7]; print(d); d *= 2; print(d)
print(list(reversed(d)), d.copy(), d == d.copy(), deque([1,2])<deque([1,3]), deque([1])==[1])
t(hash, d); t(deque,5); t(deque,[1],-1); t(deque,[1],'a'); t(deque,1,2,3)
for x in d:
    if x == 7: break
t(lambda: [d.append(1) for x in d])
d.clear(); print(d, bool(d), bool(e))
r = deque([1]); r.append(r); print(r)
it = iter(e); print(next(it)); print(type(d))
class D(deque):
    def push(self, x): self.append(x)
    def __repr__(self): return 'D'+super().__repr__()
q = D([1,2], 5); q.push(3); print(q, q.maxlen, list(q), len(q), q[1], q.copy(), isinstance(q, deque), type(q.copy()))
q.extra = 5
d.reverse(); d.extend([3,1,2]); d.reverse(); print(d, sorted(d), max(d), sum(d)); a,b,*c = d; print(a,b,c)
d.append()
