# Docstrings, complaints and texts of data classes.
body = r'''
from dataclasses import *
from typing import *
import collections
class Other: pass
@dataclass
class A:
    x: int
    y: 'str'
    o: Other = None
    z: List[int] = field(default_factory=list)
    d: Optional[Dict[str, 'A']] = None
    l: list[int] = field(default_factory=lambda: [1])
    c: collections.OrderedDict = None
    n: None = None
    u: int | str = 5
    w: int = field(default=1, kw_only=True)
    q: InitVar[int] = 3
    k: Callable[[int], str] = print
    any: Any = ...
    def __post_init__(self, q): pass
print(A.__doc__)
print(A.__init__.__annotations__)
@dataclass(init=False)
class B:
    x: int
print(B.__doc__)
@dataclass(init=False)
class C(B):
    def __init__(self, a, /, b, *args, c: int, d='q', **kw) -> None: pass
print(C.__doc__)
@dataclass
class D: 
    """doc"""
    x: int
print(D.__doc__)
@dataclass
class E(A): e: int = 9
print(E.__doc__)
@dataclass
class F: pass
print(F.__doc__, F(), F() == F())
@dataclass
class S: self: int; other: int = 2
print(S(1), S(1) == S(1), S.__doc__)
for f in (lambda: A(), lambda: A(1), lambda: A(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), lambda: A(1, 2, bogus=3), lambda: A(1, 2, x=3), lambda: F(1), lambda: S(), lambda: S(1,2,3), lambda: D(y=1)):
    try: print(f())
    except TypeError as e: print(e)
from dataclasses import dataclass, field
@dataclass
class Node:
    val: int
    children: list = field(default_factory=list)
    parent: 'Node' = None
n = Node(1)
n.children.append(n)
n.parent = n
print(n)
m = Node(2, [Node(3)])
print(m)
def boom(self): raise ValueError('r')
class Bad: __repr__ = boom
try: print(repr(Node(Bad())))
except ValueError as e: print(e)
import sys
sys.setrecursionlimit(80)
d = Node(0)
for i in range(100): d = Node(i, [d])
try: print(len(repr(d)))
except RecursionError as e: print('rec', e)
try: print(d == Node(99, d.children))
except RecursionError as e: print('rec', e)
'''
exec(body)
