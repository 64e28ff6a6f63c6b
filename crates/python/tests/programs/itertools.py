import itertools
from itertools import *
def t(f,*a,**k):
    try: print(f.__name__, list(islice(f(*a,**k), 12)))
    except Exception as e: print(f.__name__, type(e).__name__, e)
t(count); t(count,5,3); t(count,1.5,.5); t(count,'a'); t(count, step=2); t(cycle,'ab'); t(cycle,''); t(cycle); t(repeat,1); t(repeat,1,3); t(repeat,1,times=2); t(repeat,1,-1); t(repeat)
t(accumulate,[1,2,3]); t(accumulate,[1,2,3],lambda a,b:a*b); t(accumulate,[1,2],initial=10); t(accumulate,[],initial=10); t(accumulate,'abc'); t(accumulate,[3,1,2],max); t(accumulate)
t(chain,'ab',[1]); t(chain); t(chain.from_iterable,['ab','cd']); t(chain,1); t(compress,'abcd',[1,0,1]); t(dropwhile,lambda x:x<3,[1,2,3,1]); t(takewhile,lambda x:x<3,[1,2,3,1]); t(filterfalse,None,[0,1,2,0]); t(filterfalse,lambda x:x%2,range(6))
t(islice,'abcdef',2); t(islice,'abcdef',2,4); t(islice,'abcdef',0,None,2); t(islice,'abc',-1); t(islice,'abc',1,-1); t(islice,'abc',0,1,0); t(islice,'a'); t(islice,'abcdef',None)
t(pairwise,'abcd'); t(pairwise,'a'); t(product,'ab',[1,2]); t(product,'ab',repeat=2); t(product); t(product,'ab',''); t(product,'ab',repeat=0); t(product,'a',repeat=-1)
t(permutations,'abc'); t(permutations,'abc',2); t(permutations,'ab',3); t(permutations,'abc',-1); t(permutations,'abc',0); t(permutations,'ab','x'); t(combinations,'abcd',2); t(combinations,'ab',3); t(combinations,'abc',0); t(combinations,'abc'); t(combinations_with_replacement,'abc',2); t(combinations_with_replacement,'',2); t(combinations_with_replacement,'',0); t(combinations,range(5),r=3)
t(starmap,pow,[(2,3),(3,2)]); t(zip_longest,'abc','x',fillvalue='-'); t(zip_longest,'ab',[1,2,3]); t(zip_longest); t(zip_longest,'a',q=1)
for k, g in groupby('aaabbc'): print(k, list(g))
for k, g in groupby([1,3,2,4,5], key=lambda x: x%2): print(k, list(g))
gs = [(k, g) for k, g in groupby('aab')]; print([list(g) for k, g in gs])
g = groupby('aab'); k1, g1 = next(g); print(next(g1)); k2, g2 = next(g); print(list(g1), list(g2))
a, b = tee([1,2,3]); print(list(a), list(b)); a,b,c = tee('xy',3); print(next(a), list(b), list(a), list(c))
z = count(10); print(z, next(z), z, repeat(5), repeat(5,2), count(1,2), count(2.5))
print(type(z), itertools.chain, isinstance(z, itertools.count))
s = islice(z, 3); print(list(s), next(z))
def noisy(x):
    print('n', x)
    return x < 2
l = takewhile(noisy, iter([1, 2, 3]))
for q in l:
    print(q)
print(next(l, 'end'))
r = [''.join(p) for p in permutations('abc')]
print(dict(zip(count(), 'ab')), sum(1 for _ in combinations(range(10), 3)), max(accumulate([1,-1,5])), list(zip(repeat(0), [1,2])), list(map(pow, [2,3], repeat(2))))
itertools.nope
