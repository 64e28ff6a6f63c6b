class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees

    def __str__(self):
        return f"{self.degrees} degrees"

    def __int__(self):
        return int(self.degrees)

    def __float__(self):
        return float(self.degrees)

    def __index__(self):
        return int(self.degrees)


class Pair:
    def __iter__(self):
        return iter(["left", "right"])


class Words(list):
    pass


def shown(function):
    try:
        return repr(function())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


warm = Celsius(21.5)
print("%s now" % warm, "%d" % warm, "%.2f" % warm, "%x" % warm, "%s and %s" % (warm, 3))
items = [1]
items += Pair()
items += Words(["more"])
print(items)
prices = {"tea": 3, "milk": 1}
wanted = {"tea", "sugar"}
print(sorted(wanted & prices.keys()), sorted(wanted | prices.keys()), sorted(wanted - prices.keys()))
print(sorted(prices.keys() ^ ["tea", "rice"]), prices.keys() & Pair(), ("tea", 3) in prices.items())
wanted |= prices.keys()
print(sorted(wanted))
print(shown(lambda: [] + warm), shown(lambda: "a" + warm), shown(lambda: b"a" + warm), shown(lambda: () + Words()))
print(shown(lambda: prices.keys() - 3), shown(lambda: 3 in 10**20), shown(lambda: hash(prices.keys())))
print(shown(lambda: complex(1, 2, 3)), shown(lambda: enumerate([], 1, 2)), shown(lambda: str(b"a", 5)))


def stop_at(limit):
    def check(number):
        if number == limit:
            raise StopIteration(limit)
        return number * number

    return check


print(list(map(stop_at(3), range(10))), list(filter(stop_at(2), range(1, 5))), next(map(stop_at(0), [0]), "none"))


def relay():
    result = yield from map(stop_at(2), range(5))
    print("ended by", result)


print(list(relay()))


class Never(type):
    def __instancecheck__(cls, instance):
        return False


class Base(metaclass=Never):
    pass


class Derived(Base):
    pass


print(isinstance(Base(), Base), isinstance(Derived(), Base), shown(lambda: super(Base, Derived())))


from abc import ABC
from collections import namedtuple
from math import erf, erfc

Point = namedtuple("Point", "x y")
Point.__new__.__defaults__ = (7,)
print(Point(1), Point.x.__doc__, Point.__new__.__defaults__, shown(lambda: (5).to_bytes(2, "middle")))


class Quacker(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        print("asked of", other.__name__)
        return hasattr(other, "quack") or NotImplemented


class Duck:
    def quack(self):
        return "quack"


class Robot(Quacker):
    pass


print(issubclass(Duck, Quacker), isinstance(Duck(), Quacker), isinstance(Robot(), Quacker), isinstance(3, Quacker))
print(isinstance(4, Quacker), Quacker.register(int) is int, isinstance(5, Quacker))
print([erf(x / 3) for x in range(-9, 20, 4)], [erfc(x / 3) for x in range(-9, 20, 4)])


class Counted(type):
    def __len__(cls):
        print("length asked")
        return 1

    def __iter__(cls):
        return iter(["only"])


class Members(metaclass=Counted):
    pass


print(list(Members), Members in [Members])


class Late:
    def __init__(self, limit):
        self.count, self.limit = 0, limit

    def __iter__(self):
        print("iter")
        return self

    def __next__(self):
        if self.count == self.limit:
            raise StopIteration
        self.count += 1
        return self.count


class Loud(dict):
    def __getitem__(self, key):
        return "loud " + str(super().__getitem__(key))


first, *rest = Late(3)
cells = [0, 0]
cells[:1] = Late(2)
print(first, rest, cells, "-".join(Late(0)), dict(Loud(a=1)), {**Loud(b=2)}, shown(lambda: (lambda a, *b: 0)(*Late(2))))
print([name for name in dir(Loud()) if name not in dir(dict)], dir(3) == dir(int), dir("")[-4:], "append" in dir([]))


class Any:
    def __subclasscheck__(self, other):
        return True


print(issubclass(bool, int | str), issubclass(float, int | str), issubclass(int, Any()), sorted(dir())[:2])
print(repr(globals())[:200])
