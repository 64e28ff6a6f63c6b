# Generic forms over parameter lists and over many types.
body = r'''
import collections.abc
from typing import *
import functools
P = ParamSpec('P')
R = TypeVar('R')
T = TypeVar('T', bound=int)
Ts = TypeVarTuple('Ts')
def show(f):
    try: print(f, '->', eval(f))
    except Exception as e: print(f, '->', type(e).__name__, e)
for f in """Callable[P, R]
Callable[P, R].__args__
Callable[P, R].__parameters__
Callable[P, R][[int, str], bool]
Callable[P, R][..., bool]
Callable[Concatenate[int, P], R]
Concatenate[int, P]
Concatenate[int, P].__args__
Concatenate[int, str, P]
Concatenate[int]
Concatenate[int, str]
Concatenate[()]
collections.abc.Callable[P, R]
collections.abc.Callable[P, R].__args__
collections.abc.Callable[P, R].__parameters__
collections.abc.Callable[Concatenate[int, P], R]
collections.abc.Callable[..., int]
collections.abc.Callable[[], int]
collections.abc.Callable[[int, R], R][str]
collections.abc.Callable[P, R][[int, str], bool]
collections.abc.Callable[P, R][..., bool]
P.args
P.kwargs
P.args.__origin__ is P
get_origin(P.args) is P
get_origin(Callable[P, R])
get_args(Callable[P, R])
get_args(Callable[Concatenate[int, P], R])
get_args(collections.abc.Callable[P, R])
P
Generic[P]
Generic[P, R]
Generic[R, P]
tuple[int, ...]
Tuple[*Ts]
tuple[*Ts]
Generic[*Ts]
Unpack[Ts]
Ts
list[Ts]
P == ParamSpec('P')
isinstance(P, ParamSpec)
P.__name__
P.__bound__
TypeVar('X', int, str).__constraints__
T.__bound__
Self
Never
LiteralString
NoReturn
List[Self]
Optional[Callable[P, R]]
Callable[P, Awaitable[R]]
Type[R]
Callable[[Callable[P, R]], Callable[P, R]]
TypeAlias
Required[int]
Annotated[Callable[P, R], 'x']
int | Callable[P, R]
Callable[P, R] | None
Callable[[int], str] | None
collections.abc.Callable[[int], str] | None
Final
Concatenate
Unpack
ClassVar[Callable[P, R]]
P | int
ParamSpec('Q', bound=int).__bound__
ParamSpec('Q', covariant=True)""".split('\n'): show(f)
class Deco(Generic[P, R]):
    def __init__(self, f: Callable[P, R]) -> None:
        self.f = f
    def __call__(self, *a: P.args, **k: P.kwargs) -> R:
        return self.f(*a, **k)
print(Deco(lambda x: x + 1)(2), Deco.__parameters__, Deco.__orig_bases__)
show("Deco[[int], str]")
show("Deco[..., str]")
show("Deco[int, str]")
show("Deco[P, R]")
class Z(Generic[P]):
    pass
show("Z[int, str]"); show("Z[[int, str]]"); show("Z[...]"); show("Z[P]")
class Arr(Generic[*Ts]):
    def __init__(self, *a: *Ts): self.a = a
show("Arr(1, 2).a"); show("Arr[int, str]"); show("Arr[()]"); show("Arr.__parameters__")
def logged(f: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(f)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        print('call', f.__name__)
        return f(*args, **kwargs)
    return inner
@logged
def add(a: int, b: int = 2) -> int: return a + b
print(add(1), add.__annotations__, logged.__annotations__)
def with_request(f: Callable[Concatenate[int, P], R]) -> Callable[P, R]:
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        return f(42, *args, **kwargs)
    return inner
print(with_request(lambda a, b: a + b)(3))
def args_to_tuple(*args: Unpack[Ts]) -> Tuple[Unpack[Ts]]: return args
print(args_to_tuple(1, 'a'))
'''
exec(body)
