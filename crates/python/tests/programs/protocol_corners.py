"""Corners of the protocols: tables that change under a comparison, cells, metaclasses that are no types, super()."""
from collections import UserString
from enum import Enum


class Key:
    active = False

    def __init__(self, value, action=lambda: None):
        self.value = value
        self.action = action

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if Key.active:
            Key.active = False
            self.action()
            return False
        return self is other


def changed(action):
    global table
    table = {Key(1, action): "a", Key(2, action): "b"}
    Key.active = True
    return table.get(Key(3), "nothing"), list(table.values())


def emptied():
    table.clear()


def replaced():
    table.clear()
    table[Key(9)] = "c"


def shortened():
    del table[list(table)[1]]


print(changed(emptied), changed(replaced), changed(shortened))
elements = {Key(1, lambda: elements.clear()), Key(2, lambda: elements.clear())}
Key.active = True
print(Key(3) in elements, len(elements))


def cell(value=None, empty=False):
    def inner():
        return value

    if empty:
        del value
    return inner.__closure__[0]


one, two, nothing = cell(1), cell(2), cell(empty=True)
print(one == cell(1), one < two, two <= one, nothing < one, nothing == cell(empty=True), one == 1)
for attempt in (lambda: one < 1, lambda: cell("a") < one, lambda: hash(one), lambda: nothing.cell_contents):
    try:
        print(attempt())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Maker:
    @classmethod
    def __prepare__(cls, name, bases, **keywords):
        print("prepare", name, bases, keywords)
        return {"made": name}

    def __new__(cls, name, bases, namespace, **keywords):
        return sorted(set(namespace) - {"__module__", "__qualname__"}), keywords


class Listed(metaclass=Maker, size=3):
    y = 1


print(Listed)


def factory(name, bases, namespace):
    return type(name, bases, namespace)


factory.__prepare__ = lambda name, bases: 5
try:

    class Wrong(metaclass=factory):
        pass

except TypeError as error:
    print(error)


class Base:
    def method(self):
        return "base"


class Derived(Base):
    def with_number(self):
        nonlocal __class__
        __class__ = 5
        return super().method()

    def without(self):
        nonlocal __class__
        del __class__
        return super().method()


for name in ("with_number", "without"):
    try:
        print(getattr(Derived(), name)())
    except RuntimeError as error:
        print(error)


class Color(Enum):
    RED = 1

    @property
    def title(self):
        return self.name.title()


for name in ("name", "value", "title"):
    try:
        setattr(Color.RED, name, 3)
    except AttributeError as error:
        print(error)
    try:
        delattr(Color.RED, name)
    except AttributeError as error:
        print(error)
text = UserString("a-b")
for name, arguments in (("ljust", ()), ("find", ()), ("split", (1, 2, 3)), ("join", (1,)), ("center", ("x",)), ("upper", (1,))):
    try:
        print(getattr(text, name)(*arguments))
    except TypeError as error:
        print(error)
print(text.split("-"), text.center(9, "."), text.replace(UserString("a"), "c"), text.find(UserString("b")))


class Bag(set):
    def __new__(cls, items, size=0):
        return super().__new__(cls)


try:
    Bag([1], size=3)
except TypeError as error:
    print(error)


def fail():
    return 1 // 0


try:
    fail()
except ZeroDivisionError as error:
    trace = error.__traceback__
    print(trace is error.__traceback__, trace.tb_next is trace.tb_next, trace == trace.tb_next, trace.tb_next.tb_next)
