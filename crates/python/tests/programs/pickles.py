# Objects as bytes, and back.
body = r'''
import pickle, collections, enum, datetime, decimal, fractions, random, io
from dataclasses import dataclass, field
from collections import namedtuple, OrderedDict, defaultdict, Counter, deque
def t(o, *ps):
    for p in ps or range(6):
        try:
            d = pickle.dumps(o, p)
            print(p, d)
            r = pickle.loads(d)
            print('  ', repr(r)[:200], type(r).__name__)
        except Exception as e:
            print(p, type(e).__module__, type(e).__name__, e)
class A:

    def __init__(self, x, y=None):
        self.x, self.y = (x, y)

    def __repr__(self):
        return f'A({self.x!r},{self.y!r})'
class B(A):

    def __getstate__(self):
        d = self.__dict__.copy()
        d['y'] = 'dropped'
        return d

    def __setstate__(self, s):
        self.__dict__.update(s)
        self.z = 1
class C:
    __slots__ = ('a', 'b')

    def __init__(self):
        self.a = 1

    def __repr__(self):
        return 'C' + str(self.a)
class D:

    def __init__(self, v):
        self.v = v

    def __reduce__(self):
        return (D, (self.v,))

    def __repr__(self):
        return f'D({self.v})'
class E(list):
    pass
class F(dict):

    def __init__(self, *a):
        super().__init__(*a)
        self.tag = 't'
class G(int):
    pass
class H(str):
    pass
class I(tuple):
    pass
class J(float):
    pass
class K(Exception):

    def __init__(self, m, c):
        super().__init__(m, c)
        self.code = c
class L(enum.Enum):
    RED = 1
    BLUE = 'b'
class M(enum.IntEnum):
    X = 5
P = namedtuple('P', 'x y')
@dataclass
class Q:
    a: int
    b: list = field(default_factory=list)
@dataclass(frozen=True)
class R:
    a: int
class S:

    def __new__(cls, v):
        o = object.__new__(cls)
        o.v = v
        return o

    def __getnewargs__(self):
        return (self.v,)
class T:

    def __reduce_ex__(self, p):
        return 'TT'
TT = T()
class U:

    class V:

        def __init__(self):
            self.q = 1
def fn():
    pass
class W:

    def __init__(self):
        self.children = []
        self.parent = None
def local():

    class Z:
        pass

    def g():
        pass
    return (Z, Z(), g, lambda: 0)
def err(f, *a, **k):
    try:
        print(f(*a, **k))
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)
class PP(pickle.Pickler):

    def persistent_id(self, o):
        if isinstance(o, A):
            return ('A', o.x)
class UU(pickle.Unpickler):

    def persistent_load(self, pid):
        return A(*pid[1:])

    def find_class(self, m, n):
        print('find', m, n)
        return super().find_class(m, n)
class BadR:

    def __reduce__(self):
        return 5
class BadS:

    def __setstate__(self, s):
        raise ValueError('bad state')

    def __init__(self):
        self.a = 1
def rnd(d):
    k = random.randint(0, 9 if d else 4)
    if k == 0:
        return random.choice([0, 1, -5, 300, 70000, 2 ** 40, True, None])
    if k == 1:
        return random.random()
    if k == 2:
        return random.choice(['a', 'bb', 'hello', '', 'é'])
    if k == 3:
        return random.choice([(), [], {}])
    if k == 4:
        return str(random.randint(0, 99999)) + 'z'
    if k == 5:
        return [rnd(d - 1) for _ in range(random.randint(0, 4))]
    if k == 6:
        return tuple((rnd(d - 1) for _ in range(random.randint(0, 5))))
    if k == 7:
        return {str(random.random()): rnd(d - 1) for i in range(random.randint(0, 4))}
    if k == 8:
        return A(rnd(d - 1), rnd(d - 1))
    return {random.randint(0, 50) for _ in range(3)}
t(None, 0, 2, 4)
t(True, 0, 2, 4)
t(False, 0, 2, 4)
t(0, 0, 2, 4)
t(1, 0, 2, 4)
t(-1, 0, 2, 4)
t(255, 0, 2, 4)
t(256, 0, 2, 4)
t(65535, 0, 2, 4)
t(65536, 0, 2, 4)
t(2 ** 31 - 1, 0, 2, 4)
t(2 ** 31, 0, 2, 4)
t(-2 ** 31, 0, 2, 4)
t(-2 ** 31 - 1, 0, 2, 4)
t(2 ** 100, 0, 2, 4)
t(-2 ** 100, 0, 2, 4)
t(-128, 0, 2, 4)
t(127, 0, 2, 4)
t(-129, 0, 2, 4)
t(0.0, 0, 2, 4)
t(1.5, 0, 2, 4)
t(-0.0, 0, 2, 4)
t(float('inf'), 0, 2, 4)
t('a', 0, 2, 4)
t('', 0, 2, 4)
t('abc', 0, 2, 4)
t('é€😀', 0, 2, 4)
t('x' * 300, 0, 2, 4)
t('a\nb\\c\x00\r\x1a', 0, 2, 4)
t([], 0, 2, 4)
t([1], 0, 2, 4)
t([1, 2, 3], 0, 2, 4)
t((), 0, 2, 4)
t((1,), 0, 2, 4)
t((1, 2), 0, 2, 4)
t((1, 2, 3), 0, 2, 4)
t((1, 2, 3, 4))
t({}, 0, 2, 4)
t({'a': 1}, 0, 2, 4)
t({'a': 1, 'b': [2]}, 0, 2, 4)
t([[], []], 0, 2, 4)
t(A(1), 0, 2, 4)
t(A([1, 2], {'z': A(2)}), 0, 2, 4)
t([A(1), A(2)], 0, 2, 4)
t(B(3), 0, 2, 4)
t(int, 0, 2, 4)
t(str, 0, 2, 4)
t(list, 0, 2, 4)
t(D(5), 0, 2, 4)
t([D(1), D(2)], 0, 2, 4)
t(L.RED, 0, 2, 4)
t([L.RED, L.RED, L.BLUE], 0, 2, 4)
t(A, 0, 2, 4)
t(list(range(300)), 0, 2, 4)
t([str(i) for i in range(300)], 0, 2, 4)
t(range(5), 0, 2, 4)
t(1 + 2j, 0, 2, 4)
t(bytearray(b''), 4)
t(bytearray(b'abc'), 4)
t({1, 2, 3}, 4)
t(set(), 4)
t({'a'}, 4)
t(frozenset([1]), 4)
t(frozenset(), 4)
t({frozenset([1, 2]): 1}, 4)
t(C(), 4)
t(E([1, 2]), 4)
t(E(), 4)
t(G(5), 4)
t(H('hi'), 4)
t(I((1, 2)), 4)
t(J(1.5), 4)
t(M.X, 4)
t(P(1, 2), 4)
t([P(1, 2), P(3, 4)], 4)
t(Q(1, [2]), 4)
t([Q(1), Q(2)], 4)
t(R(5), 4)
t(A(1).__repr__ if False else 1, 4)
t(Counter('hello'), 4)
t(OrderedDict(a=1, b=2), 4)
t(defaultdict(int, a=1), 4)
t(defaultdict(list, {'x': [1]}), 4)
t(defaultdict(None), 4)
t(deque([1, 2]), 4)
t(deque([1, 2], 5), 4)
t(deque(), 4)
t(decimal.Decimal('1.50'), 4)
t(fractions.Fraction(1, 3), 4)
t(datetime.timedelta(1, 2, 3), 4)
t([Counter('a'), Counter('b')], 4)
t(type(None), 4)
t(NotImplemented, 4)
t(..., 4)
t(slice(1, 2, 3), 4)
t(lambda: 0, 4) if False else None
t((i for i in []), 4)
t(pickle, 4)
t([datetime.date(2024, 1, 2), datetime.datetime(2024, 1, 2, 3, 4, 5, 6), datetime.time(1, 2, 3)], 4)
t(F({'aa': 1}), 4)
t(K('m', 3), 4)
for many in (list(range(1000)), list(range(1001)), list(range(2001)), {i: i for i in range(1000)}, set(range(1000)), 2 ** 2100):
    data = pickle.dumps(many)
    print(len(data), sum(data), pickle.loads(data) == many)
# memo and cycles
a = [1]; a.append(a); t(a)
d = {}; d['d'] = d; t(d)
x = A(1); x.y = x; s = pickle.dumps(x); print(s); y = pickle.loads(s); print(y.y is y)
l = ([],); l[0].append(l); t(l)
n = [1,2]; t([n,n]); q = pickle.loads(pickle.dumps([n,n])); print(q[0] is q[1])
o = (1,2); t([o,o,(o,)]); t({'a':n,'b':n})
class W:
    def __init__(self): self.children = []; self.parent = None
w = W(); c = W(); c.parent = w; w.children.append(c)
print(pickle.dumps(w), pickle.loads(pickle.dumps(w)).children[0].parent is not w)
def local():
    class Z: pass
    def g(): pass
    return Z, Z(), g, lambda: 0
for o in local(): t(o, 4)
t((i for i in []), 4); t(pickle, 4)
def err(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
err(pickle.dumps, 1, 6); err(pickle.dumps, 1, protocol=-1); err(pickle.loads, 'a'); err(pickle.loads, 5)
for b in (b'',b'\x80',b'\x80\x04',b'\x80\x04K',b'K\x01',b'.',b'\x80\x09N.',b'\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00N.',b'\x80\x04\x8c\x05ab',b'R.',b'h\x05.', b'\xff', b'u.', b'I5\n.', b'N.xx', b'garbage', b'hello world', b'not a pickle'):
    print(b); err(pickle.loads, b)
f = io.BytesIO()
pickle.dump([1,2], f); pickle.dump({'a':1}, f, 2); f.seek(0)
print(pickle.load(f), pickle.load(f))
err(pickle.load, f)
p = pickle.Pickler(f); f.seek(0); p.dump('abc'); p.dump('abc'); print(f.getvalue())
class PP(pickle.Pickler):
    def persistent_id(self, o):
        if isinstance(o, A): return ('A', o.x)
class UU(pickle.Unpickler):
    def persistent_load(self, pid): return A(*pid[1:])
    def find_class(self, m, n):
        print('find', m, n); return super().find_class(m, n)
f = io.BytesIO(); PP(f).dump([A(1), A(2), D(3)]); print(f.getvalue()); print(UU(io.BytesIO(f.getvalue())).load())
print(pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL, pickle.PicklingError.__mro__, pickle.UnpicklingError)
err(pickle.dump, 1, 5)
class BadR:
    def __reduce__(self): return 5
class BadS:
    def __setstate__(self, s): raise ValueError('bad state')
    def __init__(self): self.a = 1
t(BadR(), 4); t(BadS(), 4)
random.seed(2)
def rnd(d):
    k = random.randint(0, 9 if d else 4)
    if k == 0: return random.choice([0, 1, -5, 300, 70000, 2**40, True, None])
    if k == 1: return random.random()
    if k == 2: return random.choice(['a', 'bb', 'hello', '', 'é'])
    if k == 3: return random.choice([(), [], {}])
    if k == 4: return str(random.randint(0, 99999)) + 'z'
    if k == 5: return [rnd(d-1) for _ in range(random.randint(0, 4))]
    if k == 6: return tuple(rnd(d-1) for _ in range(random.randint(0, 5)))
    if k == 7: return {str(random.random()): rnd(d-1) for i in range(random.randint(0, 4))}
    if k == 8: return A(rnd(d-1), rnd(d-1))
    return {random.randint(0, 50) for _ in range(3)}
for _ in range(25): t(rnd(3), random.randint(0, 5))
'''
exec(body)
