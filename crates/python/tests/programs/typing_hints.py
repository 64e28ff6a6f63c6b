# Hints out of annotations in strings.
from __future__ import annotations
body = r'''
from typing import *
from dataclasses import dataclass, fields
import collections.abc
T = TypeVar('T')
@dataclass
class Node:
    value: int
    next: Optional[Node] = None
    kids: List["Node"] = None
    meta: Annotated[dict[str, int], 'doc'] = None
    cb: Callable[[int, Node], str] | None = None
class Sub(Node):
    extra: ClassVar[str] = 'x'
    other: "list[Sub]"
def f(a: int, b: Node | None = None, *args: str, **kw: "float") -> List[Node]:
    return []
print(get_type_hints(Node))
print(get_type_hints(Node, include_extras=True))
print(get_type_hints(Sub))
print(get_type_hints(f))
print(f.__annotations__)
def bad(a: Undefined): pass
try: get_type_hints(bad)
except NameError as e: print(e)
try: get_type_hints(3)
except TypeError as e: print(e)
print(get_type_hints(len) if False else '')
class TD(TypedDict):
    x: int
    y: NotRequired[str]
print(get_type_hints(TD)); print(get_type_hints(TD, include_extras=True))
print([f.type for f in fields(Node)])
@no_type_check
def g(a: "1 +"): pass
print(get_type_hints(g))
def h(x: 'T', y: "Sequence[T]" = ()) -> 'Dict[str, T]': ...
print(get_type_hints(h), get_type_hints(h, {'T': int, 'Sequence': list, 'Dict': Dict}))
'''
exec(body)
