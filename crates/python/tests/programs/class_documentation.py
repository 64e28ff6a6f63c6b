"""What a class holds of itself, and whose docstring is seen."""
from collections import UserDict, namedtuple
from dataclasses import dataclass

print(__doc__)


class Shape:
    """A shape."""

    sides = 0

    def area(self):
        "Its area."

    @property
    def name(self):
        "Its name."
        return "shape"

    def __eq__(self, other):
        return True


class Square(Shape):
    sides = 4


class Table(dict):
    "A table."


class Row(Table):
    pass


class Lost(LookupError):
    "Nothing there."


print(Shape().__doc__, Square().__doc__, Square.__doc__, Shape.area.__doc__, Shape().area.__doc__, Shape.name.__doc__)
print(Table().__doc__, Row().__doc__, Row.__doc__, Lost().__doc__)
for kind in (object, int, tuple, bytes, list, set, type, Exception, Shape, Lost, staticmethod, UserDict):

    class Derived(kind):
        label = "derived"

    print(kind.__name__, list(Derived.__dict__))


class Slots:
    __slots__ = ("b", "a")


class Open(Slots):
    pass


class Closed(Slots):
    __slots__ = ("c", "__dict__")


class Both(Slots, Shape):
    __slots__ = ("d",)


for kind in (Shape, Slots, Open, Closed, Both):
    print(kind.__name__, list(vars(kind)))
print(Shape.__dict__["__dict__"], Shape.__dict__["__weakref__"], Slots.__dict__["a"], Shape.__weakref__)
print({key: value for key, value in Square.__dict__.items()}, len(Square.__dict__))
copied = type("Copied", (), dict(Square.__dict__))
thing = copied()
thing.sides = 5
print(thing.sides, copied.__doc__)
foreign = type("Foreign", (), dict(vars(type("Plain", (), {"x": 1}))))()
foreign.y = 2
try:
    print(foreign.__dict__)
except TypeError as error:
    print(error)
Point = namedtuple("Point", "x y")
print(list(Point.__dict__), Point.__doc__, namedtuple("One", "a").__doc__, Point.x.__doc__)


@dataclass(order=True)
class Item:
    name: str
    price: float = 0.0


print(list(Item.__dict__), Item.__doc__, Item.__init__.__doc__)
try:
    print(Exception().missing)
except AttributeError as error:
    print(error)


class Strict(ValueError):
    __slots__ = ()


strict = Strict("a")
strict.note = 1
print(strict.__dict__)
Shape.__doc__ = "Changed."
print(Shape().__doc__, Square().__doc__)
