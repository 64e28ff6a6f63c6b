from dataclasses import dataclass
from datetime import *
from enum import Enum
from string import Formatter
from types import MappingProxyType


class Colour(Enum):
    RED = 1
    BLUE = 2


print(Colour.__members__, list(Colour.__members__), Colour.__members__["RED"], len(Colour.__members__))
base = {"a": 1}
proxy = MappingProxyType(base)
base["b"] = 2
print(proxy, proxy == base, proxy | {"c": 3}, proxy.get("z", 0), list(proxy.items()), "a" in proxy, list(reversed(proxy)))
for source in ("proxy['a'] = 2", "del proxy['a']", "MappingProxyType([1])", "hash(proxy)", "proxy.update({})"):
    try:
        exec(source)
    except Exception as error:
        print(source, type(error).__name__, error)


@dataclass(slots=True, frozen=True)
class Point:
    x: int
    y: int = 0


point = Point(1)
print(point, Point.__slots__, hasattr(point, "__dict__"), point == Point(1, 0), {point: 1})
try:
    point.x = 5
except Exception as error:
    print(type(error).__name__, error)

zone = timezone(timedelta(hours=5, minutes=30))
print(zone, repr(zone), zone.utcoffset(None), timezone.utc, UTC is timezone.utc, timezone(timedelta(hours=-3), "BRT"))
for day in (date(2024, 12, 30), date(2021, 1, 3), date(2020, 12, 31), datetime(2026, 1, 1)):
    print(day.isocalendar(), day.isocalendar().week, tuple(day.isocalendar()))


class Upper(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else args[key]

    def convert_field(self, value, conversion):
        return str(value).upper() if conversion == "u" else super().convert_field(value, conversion)


upper = Upper()
print(upper.format("{0} {name!u} {missing} {0.real:>{width}}|{{}}", 5, name="bob", width=4))
print(list(Formatter().parse("a{b!r:>{w}}c{{")), Formatter().vformat("{x[0]}", (), {"x": [7]}))
try:
    Formatter().format("{} {0}", 1)
except ValueError as error:
    print(error)
