# What subscripted forms show and refuse.
body = r'''
import collections.abc
from typing import *
T = TypeVar('T'); F = TypeVar('F', bound=Callable); G = TypeVar('G', bound='int'); H = TypeVar('H', bound=Callable[..., Any])
def show(f):
    try: print(f, '->', eval(f))
    except Exception as e: print(f, '->', type(e).__name__, e)
for f in """F.__bound__
G.__bound__
H.__bound__
List[Callable]
List[ClassVar]
List[ClassVar[int]]
List[Final[int]]
List[Final]
List[Optional]
List[Union]
List[Literal]
List[Any]
List[Self]
List[Generic]
List[Protocol]
List[Generic[T]]
List[Annotated]
List[Concatenate]
List[TypeGuard]
List[Required]
List[()]
List[(int,)]
List[int, str]
List[1]
List['a']
List[None]
Dict[str]
Dict[str, List]
Dict[str, Tuple]
Tuple[List, Dict]
Callable[[List], Dict]
Callable[int, str]
Callable[[int]]
Callable[[int, 1], str]
Callable[[], None]
Callable[[Any], Any]
Callable
Optional[Callable]
Optional[List]
Union[List, Dict, None]
Union[Callable, int]
Union[int, Optional]
Type[List]
ClassVar[List]
ClassVar[ClassVar]
Final[ClassVar[int]]
TypeVar('X', bound=Optional)
TypeVar('X', bound=(int, str))
TypeVar('X', int)
TypeVar('X', int, bound=str)
TypeVar('X', int, 'str').__constraints__
TypeVar('X', covariant=True, contravariant=True)
Annotated[int]
Annotated[ClassVar[int], 2]
Literal[1, 'a', None, True]
Literal[Literal[1, 2], 3]
Literal[1] | None
Optional[Literal['a']]
Iterable[Tuple[int, ...]]
Tuple[int, ...]
Tuple[...]
Tuple[()]
DefaultDict[str, List[int]]
Deque[int]
Counter[str]
OrderedDict[str, int]
Awaitable[int]
AsyncIterator[int]
Generator[int, None, str]
ContextManager[int]
Hashable
Hashable[int]
Sized
Pattern[str]
Match[str]
IO[str]
TextIO
NewType('UserId', int)
NoReturn
Type
Text
AnyStr
SupportsInt
SupportsAbs[int]
get_origin(List[int]), get_args(List[int])
get_origin(Callable[[int], str]), get_args(Callable[[int], str])
get_args(Callable[..., str])
get_args(Tuple[()])
get_origin(Literal[1]), get_args(Literal[1, 2])
get_origin(Optional[int]), get_args(Optional[int])
get_origin(int | None), get_args(int | None)
List[int] == List[int], List[int] == List[str]
Union[int, str] == Union[str, int]
Optional[int] == Union[int, None]
isinstance([], List)
isinstance([], List[int])
issubclass(dict, Mapping)
isinstance(3, Union[int, str])
isinstance(3, Hashable)
Union[int, int]
Union[int]
Union[()]
Union[int, Union[str, float]]
List[T][int]
Dict[T, T][int]
Dict[str, T][int]
Union[T, int][str]
Callable[[T], T][int]
Tuple[T, ...][int]
List[List[T]][int]
List[int][str]
Generic[int]
Generic[T, T]
Protocol[T]
cast(int, 'a')
int | 'str'
'str' | int
List['Node'] | None
type[int]
type[int] | None
list[int] | dict[str, int]
list[T][int]
dict[str, T][int]
list['a']
tuple[int, ...] | None
tuple[()]""".split('\n'): show(f)
class S(Generic[T]):
    def push(self, x: T) -> None: ...
show("S[int]"); show("S[int, str]"); show("S.__parameters__"); show("S[T]"); show("S[int][str]"); show("S[List[T]][int]"); show("S['int']")
class M(S[int], Mapping[str, T]): pass
show("M.__orig_bases__"); show("M[str]"); show("M.__parameters__")
'''
exec(body)
