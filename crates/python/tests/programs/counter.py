from collections import Counter
import collections
c = Counter('abracadabra'); print(c, c['a'], c['z'], c.most_common(2), c.most_common(), sorted(c.elements()), c.total(), len(c))
d = Counter(a=3, b=1); c.update('aaz'); print(c); c.subtract(d); print(c, c+d, c-d, c&d, c|d, +c, -c, c==d, d<=c, c!=d)
c['q'] += 1; del c['zz']; print(c); c += d; print(c); c -= d; print(c); c &= d; print(c); c |= d; print(c)
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
t(Counter.fromkeys,'ab'); t(Counter, 5); t(Counter, [[1]]); t(Counter,1,2); print(Counter(), Counter({'x':2}), Counter([1,1,2]).items(), dict(Counter('hello')), Counter(c), c.copy())
print(max(c, key=c.get), sorted(c.items(), key=lambda kv: (-kv[1], kv[0])), list(c), [k for k,v in c.items() if v>1], sum(c.values()))
print(Counter('ab') == {'a':1,'b':1}, isinstance(c, dict), type(c), collections.Counter is Counter, Counter(x for x in 'aab'))
for k in c: print(k, c[k])
print(Counter({'a':'x', 'b':1}), c.pop('b', None), c.get('nope', 0), c.setdefault('w', 4), 'w' in c)
