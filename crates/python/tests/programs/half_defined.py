"""Protocols that a class has half of, arguments of the wrong kind, and what CPython asks first."""

from collections import Counter, ChainMap, OrderedDict
from bisect import bisect, insort
from heapq import heappop, heappush
from itertools import count, islice


def tell(function, *arguments, **named):
    try:
        print(repr(function(*arguments, **named)))
    except Exception as error:
        print(type(error).__name__, error)


class Reads:
    def __setitem__(self, key, value):
        self.last = key, value


class Drops:
    def __delitem__(self, key):
        self.last = key


class Never:
    __eq__ = None


for change in "del Reads()[1]", "Drops()[1] = 2", "Never() == 1", "1e22 != Never()":
    tell(exec, change)

letters = list("abcd")
for change in "letters[-3:'x'] = 1", "letters[1:3] = 7", "letters[::2] = None", "letters[1:2] = 'xyz'":
    tell(exec, change)
print(letters)

view = {1: "a", 2: "b"}.keys()
items = {"x": 1}.items()
print([2, 3] - view, {2, 5} - view, (1, 9) | view, items ^ {"x": 2, "y": 3}.items())
tell(hash, view)
tell({}.pop, [1])
tell({1, 2}.remove, {1})
print({frozenset({1})}.discard({1}))
tell("abc".splitlines, "x")
tell("abc".find)
tell("abc".startswith, "a", 1, 2, 3)
tell((1, 2).index, 1, None)
tell([].insert, 2**70, 1)
tell(str.maketrans, 1, "b")
tell(int, "7", -(10**25))
tell((256).to_bytes, -1, "big")
tell(range, 3, None)
print((0).__eq__(0.5), (1).__divmod__(2.5), range(5).index(2.0), 2j**-4)
tell("".__mul__, [1])
tell((5).__round__, None)
tell(round, x=1)
print(list(islice(count(True), 3)), "{}".format(*"a", **{1: 2}))
tell(complex, "1_b")
tell(float, b"x")
tell(int, bytearray(b""))

tell(OrderedDict().move_to_end, [1])
tell(OrderedDict(a=1).move_to_end, ("b", 2))
tell(ChainMap({}).update, [(1,)])
tell(ChainMap().__reversed__)
tell(heappop)
tell(heappush, [])
tell(bisect, [])
tell(insort, 3, 4)
print(heappop, Counter("a").values.__qualname__)


class Once(type):
    @classmethod
    def __call__(cls, *arguments):
        return cls.__name__, arguments


class Made(metaclass=Once):
    pass


class Built:
    @classmethod
    def __new__(cls, *arguments):
        return arguments


class Open:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        print("closing", self.name, kind.__name__)
        return []


print(Made(1), Built(2))
try:
    with (
        Open("a"),
        Open("b"),
    ):
        missing
except NameError as error:
    print(error)


def numbers():
    yield from b"ab"


running = numbers()
next(running)
tell(running.throw, StopIteration("early"))
try:

    class Slotted(int):
        __slots__ = ("x",)
except TypeError as error:
    print(error)


class Repeated:
    __slots__ = ("x", "x")


words = {"item1", "item2", "item3", "item4"}
print(words.union(words) == words, list(words.union(words)) == list(words))
