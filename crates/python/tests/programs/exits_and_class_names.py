"""What sys.exit() raises, names of classes that are no texts, super() without arguments, small messages."""
import sys
from dataclasses import make_dataclass

for code in (None, (1, 2), 3, "x"):
    try:
        sys.exit(code)
    except SystemExit as error:
        print(repr(error), error.code, error.args)


class Named:
    def no_self(*arguments):
        return super().__repr__

    def __init__(self):
        self.value = 1


class Half(float):
    pass


def rename():
    Named.__name__ = 5


def unname():
    del Named.__qualname__


def change():
    Named().__class__ = int


for attempt in (
    rename,
    unname,
    change,
    lambda: Named().no_self(),
    lambda: (2).__pow__(3, 5),
    lambda: (2).__pow__(3, None),
    lambda: (2).__pow__("a", 5),
    lambda: type(Half.fromhex("0x1p-1")),
    lambda: make_dataclass("Row", ["for"]),
    lambda: f"{10**40:x} {10**40:,} {-(10**30):#o} {2**70:b}" + "%x %o" % (10**30, -(10**25)),
):
    try:
        print(attempt())
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)
