from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol, runtime_checkable


class Point(NamedTuple):
    x: int
    y: int = 2

    def sum(self) -> int:
        return self.x + self.y


@runtime_checkable
class Sized(Protocol):
    def size(self) -> int: ...


class Box:
    content: list[int] | None = None

    def size(self, default: int = -1, pair: (int, str) = None) -> Mapping[str, list[int]]:
        return 1


point = Point(1)
print(point, point.sum(), Point.__annotations__, Box.size.__annotations__, annotations)
print(isinstance(Box(), Sized), isinstance(3, Sized), Point._field_defaults)
print(Callable[[int], str], Callable[..., None], Iterator[int], list[int] == list[int], dict[str, int].__args__)
