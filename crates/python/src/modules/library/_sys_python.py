"""The part of `sys` that is written in Python: what it tells of the interpreter and the machine."""

import builtins as _builtins
from collections import namedtuple as _namedtuple

from _tracer import title as _title, unsupported as _unsupported


def _record(name, fields, values):
    kind = _namedtuple(name, fields)
    kind.__module__ = "sys"
    kind.__repr__ = lambda self: f"sys.{name}({', '.join([f'{k}={v!r}' for k, v in zip(self._fields, self)])})"
    for hidden in ("_make", "_replace", "_asdict", "_field_defaults"):
        delattr(kind, hidden)
    _title(kind, "sys." + name)
    return kind(*values)


float_info = _record("float_info",
                     "max max_exp max_10_exp min min_exp min_10_exp dig mant_dig epsilon radix rounds",
                     (1.7976931348623157e+308, 1024, 308, 2.2250738585072014e-308, -1021, -307, 15, 53,
                      2.220446049250313e-16, 2, 1))
int_info = _record("int_info",
                   "bits_per_digit sizeof_digit default_max_str_digits str_digits_check_threshold",
                   (30, 4, 4300, 640))
hash_info = _record("hash_info",
                    "width modulus inf nan imag algorithm hash_bits seed_bits cutoff",
                    (64, 2305843009213693951, 314159, 0, 1000003, "siphash13", 64, 128, 0))


class _VersionInfo:
    """Python 3.11 of any patch: whoever asks for more is refused."""

    __slots__ = ()
    major, minor, releaselevel, serial = 3, 11, "final", 0

    @property
    def micro(self):
        _unsupported("the patch number of the version (sys.version_info)")

    def __len__(self):
        return 5

    def __getitem__(self, key):
        known = (3, 11, None, "final", 0)[key]
        if known is None or isinstance(known, tuple) and None in known:
            self.micro
        return known

    def __iter__(self):
        yield 3
        yield 11
        self.micro

    def _order(self, other):
        """-1, 0 or 1 as (3, 11) stands to the tuple's first two items."""
        if not isinstance(other, tuple) or not all([isinstance(part, int) for part in other[:2]]):
            _unsupported("sys.version_info compared with this")
        begin = tuple(other[:2])
        if (3, 11) == begin:
            if len(other) > 2:
                self.micro
            return 1
        return 1 if (3, 11) > begin else -1

    def __lt__(self, other):
        return self._order(other) < 0

    __le__ = __lt__

    def __gt__(self, other):
        return self._order(other) > 0

    __ge__ = __gt__

    def __eq__(self, other):
        if not isinstance(other, tuple) or tuple(other[:2]) != (3, 11) or len(other) != 5:
            return False
        self.micro

    def __ne__(self, other):
        return not self == other

    def __repr__(self):
        self.micro

    __hash__ = __repr__


class _Implementation:
    name = "cpython"
    cache_tag = "cpython-311"

    def __getattr__(self, name):
        if name in ("version", "hexversion", "_multiarch"):
            _unsupported("sys.implementation." + name)
        raise AttributeError(f"'types.SimpleNamespace' object has no attribute '{name}'")

    def __repr__(self):
        _unsupported("the text of sys.implementation")


version_info = _VersionInfo()
implementation = _Implementation()
float_repr_style = "short"
api_version = 1013
abiflags = ""
platlibdir = "lib"
pycache_prefix = None


def getdefaultencoding():
    return "utf-8"


getfilesystemencoding = getdefaultencoding


def getfilesystemencodeerrors():
    return "surrogateescape"


def is_finalizing():
    return False


_interval = 0.005


def getswitchinterval():
    return _interval


def setswitchinterval(interval, /):
    global _interval
    if not isinstance(interval, (int, float)):
        _unsupported("sys.setswitchinterval of this type")
    if interval <= 0:
        raise ValueError("switch interval must be strictly positive")
    _interval = float(interval)


def getsizeof(object, default=None):
    """Bytes of objects whose size their value tells; containers that grow keep spare room, which nothing here tells."""
    kind = type(object)
    if kind is int or kind is bool:
        if not object:
            _unsupported("sys.getsizeof of zero")
        return 24 + 4 * ((abs(object).bit_length() + 29) // 30)
    if kind is float:
        return 24
    if kind is complex:
        return 32
    if kind is str:
        if not object.isascii():
            _unsupported("sys.getsizeof of text beyond ASCII")
        return 49 + len(object)
    if kind is bytes:
        return 33 + len(object)
    if kind is tuple:
        return 40 + 8 * len(object)
    if object is None or object is Ellipsis:
        return 16
    if kind is range:
        return 48
    _unsupported(f"sys.getsizeof of {kind.__name__}")


def displayhook(object, /):
    """Shows a value and keeps it under the name `_`."""
    if object is None:
        return
    _builtins._ = None
    print(repr(object))
    _builtins._ = object


__displayhook__ = displayhook
