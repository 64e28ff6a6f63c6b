body = r'''
d = {1: 2}
k = d.keys(); print(k.mapping, d.items().mapping == d)
class X:
    def __eq__(self, o):
        l2.clear()
        return NotImplemented
l1 = [X()]; l2 = [1]
print(l1 == l2)
class S2(set):
    pass
for T in (set, frozenset, S2):
    try: print(T(iterable=[1]))
    except TypeError as e: print(e)
class S3(frozenset):
    def __new__(cls, a, b=None): return super().__new__(cls, a)
print(S3([1], b=2))
from functools import cmp_to_key
def mc(x, y):
    L.append(3); L.pop()
    return (x > y) - (x < y)
L = [1, 2]
try: L.sort(key=cmp_to_key(mc)); print('no', L)
except ValueError as e: print(e, L)
L = [1, 2, 3]
def key(x):
    L.append(9)
    return -x
try: L.sort(key=key); print('no', L)
except ValueError as e: print(e, L)
from string import Template
t = Template("$a ${b} $$ $")
try: print(t.get_identifiers())
except Exception as e: print(repr(e))
print(t.is_valid(), Template("$a $b $a").get_identifiers())
class CS(str): pass
class CB(bytes): pass
for f in (bytes, bytearray, CB, lambda b: CS(b.decode())):
    for v in (b"100", b"", b"A" * 16):
        try: print(int(f(v)))
        except (ValueError, TypeError) as e: print(e)
        try: print(int(f(v), 2))
        except (ValueError, TypeError) as e: print(e)
        try: print(float(f(v)))
        except (ValueError, TypeError) as e: print(e)
class M(type): pass
try: M(5)
except TypeError as e: print(e)
class N(type, metaclass=M): pass
try: N(5)
except TypeError as e: print(e)
try: type(1, 2)
except TypeError as e: print(e)
class PT(type):
    @classmethod
    def __prepare__(*a): return 5
try:
    class B(metaclass=PT): pass
except TypeError as e: print(e)
class Q:
    def m(self): pass
m = Q().m
print(m.__class__, m.__func__.__class__, len.__class__, [].append.__class__, (1).__class__, None.__class__, print.__class__)
m.__func__.z = 5
print(m.z, m.__dict__)
try: m.z = 6
except AttributeError as e: print(e)

from typing import *
import copy
print(int | str == Union[int, str], Union[int, str] == int | str, repr(int | None), int | None == Optional[int])
print((int | str) | List[int], List[int] | int, int | type(None), list[int] | list[int] | None)
try: (int | str) | 'x'
except TypeError as e: print(e)
u = int | str
print(copy.copy(u), copy.deepcopy(u) == u, u != int, u == (str | int))

for code in ("f'{3!x}'", "f'{3!}'", "f'{3!ss}'", "f'{*a}'", "f'{**a}'", "f'{}'", "f'{ }'", "f'{3:{4:{5}}}'", "f'{a b}'", "f'{'", "f'}'", "f'{a'", "f'{3!r:}'", "f'{a $ b}'", "f'{lambda x:1}'", "f'{a[3)}'", "f'{#}'", "f'{a:{'", "f'{!r}'", "f'{3 !r}'", "f'{3! r}'", "f'{yield}'", "f'{x=}'", "f'{x!s:}}'"):
    try: print(code, eval(code, {'a': [1], 'x': 5}))
    except SyntaxError as e: print(code, 'S', e)
    except Exception as e: print(code, type(e).__name__, e)
'''
exec(body)
