# One place in the code meets attributes that are found in different ways, and that change.
import math


class Plain:
    kind = "plain"

    def __init__(self, value):
        self.value = value

    def name(self):
        return "plain"

    @staticmethod
    def twice(number):
        return 2 * number

    @classmethod
    def made(cls, value):
        return cls(value)

    @property
    def size(self):
        return self.value + 1

    @size.setter
    def size(self, value):
        self.value = value - 1


class Slotted:
    __slots__ = ("value", "other")

    def __init__(self, value):
        self.value = value

    def name(self):
        return "slotted"

    def twice(self, number):
        return (self.value, number)

    @classmethod
    def made(cls, value):
        return cls(-value)

    @property
    def size(self):
        return self.missing


class Derived(Plain):
    def name(self):
        return "derived of " + super().name()

    def __getattr__(self, name):
        return "no " + name

    @property
    def size(self):
        return self.unknown + "!"


def look(thing):
    thing.value += 1
    return thing.value, thing.name(), thing.twice(3), thing.made(4).value


def size_of(thing):
    try:
        return thing.size
    except AttributeError as error:
        return str(error)


things = [Plain(1), Slotted(2), Derived(3), Plain(4), Slotted(5)]
print([look(thing) for thing in things])
print([size_of(thing) for thing in things])
for thing in things:
    print(thing.twice(1), type(thing).made(2).name(), type(thing).name(thing))
things[0].name = lambda: "of its own"
things[3].twice = abs
print([look(thing) for thing in things])
Plain.size = property(lambda self: "new size")
Plain.twice = lambda self, number: "bound"
Derived.made = staticmethod(lambda value: Plain(value * 10))
print([look(thing)[1:] for thing in things if thing is not things[3]])
print([size_of(thing) for thing in things])
for turn in range(3):
    thing = things[turn % 2]
    try:
        thing.other = turn
        print(thing.other)
        del thing.other
        print(thing.other)
    except AttributeError as error:
        print(error)
for turn in range(4):
    print(math.floor(2.5), Plain.kind, things[turn].name())
    if turn == 1:
        math.floor = lambda number: "floored"
        Plain.kind = "other"
        del Plain.name
        Plain.name = lambda self: "late"


def options(first, second=2, *, third=3, fourth=None):
    return first, second, third, fourth


for turn in range(2):
    print(options(1), options(1, third=turn), options(second=turn, first=0), options(1, 2, fourth=4, third=turn))
    for bad in ({"first": 1, "fifth": 2}, {"second": 1}, {"first": 1, "third": 2, "fourth": 3, "second": 4}):
        try:
            print(options(**bad), options(0, **{k: v for k, v in bad.items() if k != "first"}))
        except TypeError as error:
            print(error)
    try:
        options(1, first=2)
    except TypeError as error:
        print(error)
counts = [0, 0]
table = {"a": [1, 2], "b": 3}
for turn in range(3):
    counts[turn % 2] += turn
    counts[-1] += 1
    table["a"][0] += 5
    table["b"] -= turn
    things[1].value *= 2
    counts[0], counts[1] = counts[1], counts[0]
print(counts, table, things[1].value)
try:
    counts[2] += 1
except IndexError as error:
    print(error)
