"""`array`: sequences of numbers of one machine type."""

from _tracer import title, unsupported

_BOUNDS = {
    "b": (-1 << 7, (1 << 7) - 1, 1, "signed char", "byte"),
    "B": (0, (1 << 8) - 1, 1, "unsigned byte integer", "unsigned byte integer"),
    "h": (-1 << 15, (1 << 15) - 1, 2, "signed short integer", "short"),
    "H": (0, (1 << 16) - 1, 2, "unsigned short", "unsigned short"),
    "i": (-1 << 31, (1 << 31) - 1, 4, "signed integer", "int"),
    "I": (0, (1 << 32) - 1, 4, "unsigned int", "unsigned int"),
    "l": (-1 << 63, (1 << 63) - 1, 8, "long", "long"),
    "L": (0, (1 << 64) - 1, 8, "unsigned long", "unsigned long"),
    "q": (-1 << 63, (1 << 63) - 1, 8, "long long", "long long"),
    "Q": (0, (1 << 64) - 1, 8, "unsigned long long", "unsigned long long"),
}
typecodes = "bBuhHiIlLqQfd"


class arrayiterator:
    __slots__ = ("_items", "_place")

    def __init__(self, items):
        self._items = items
        self._place = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._place >= len(self._items):
            self._items = ()
            raise StopIteration
        self._place += 1
        return self._items[self._place - 1]


class array:
    """Items are kept in a list; each is checked when it comes in."""

    __slots__ = ("typecode", "_items")

    def __init__(self, typecode, initializer=(), /):
        if not isinstance(typecode, str) or len(typecode) != 1:
            unsupported("array with this type code")
        if typecode not in typecodes:
            raise ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
        if typecode in "uf":
            unsupported(f"array of type '{typecode}'")
        if isinstance(initializer, (bytes, bytearray, str)):
            unsupported("array from bytes or text")
        self.typecode = typecode
        self._items = [self._checked(item) for item in initializer]

    def _checked(self, value):
        if self.typecode == "d":
            if isinstance(value, float):
                return float(value)
            if isinstance(value, int):
                return float(value)
            if hasattr(value, "__float__") or hasattr(value, "__index__"):
                unsupported("array items of this type")
            raise TypeError(f"must be real number, not {type(value).__name__}")
        if not isinstance(value, int):
            if hasattr(value, "__index__"):
                unsupported("array items of this type")
            if self.typecode in "ILQ" and not isinstance(value, float):
                unsupported("array items of this type")
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        low, high = _BOUNDS[self.typecode][:2]
        if not low <= value <= high:
            unsupported("OverflowError of an array item")
        return int(value)

    @property
    def itemsize(self):
        return 8 if self.typecode == "d" else _BOUNDS[self.typecode][2]

    def _other(self, other):
        if not isinstance(other, array):
            return None
        if other.typecode != self.typecode:
            unsupported("arrays of different types together")
        return other._items

    def _made(self, items):
        result = array(self.typecode)
        result._items = items
        return result

    def __repr__(self):
        if not self._items:
            return f"array('{self.typecode}')"
        return f"array('{self.typecode}', {self._items!r})"

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return arrayiterator(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, value):
        return value in self._items

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._made(self._items[key])
        if not hasattr(key, "__index__"):
            raise TypeError("array indices must be integers")
        try:
            return self._items[key]
        except IndexError:
            raise IndexError("array index out of range") from None

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            items = self._other(value)
            if items is None:
                raise TypeError(f"can only assign array (not \"{type(value).__name__}\") to array slice")
            self._items[key] = list(items)
            return
        if not hasattr(key, "__index__"):
            raise TypeError("array indices must be integers")
        if not -len(self._items) <= key < len(self._items):
            raise IndexError("array assignment index out of range")
        self._items[key] = self._checked(value)

    def __delitem__(self, key):
        if isinstance(key, slice):
            del self._items[key]
            return
        if not -len(self._items) <= key < len(self._items):
            raise IndexError("array assignment index out of range")
        del self._items[key]

    def __add__(self, other):
        items = self._other(other)
        if items is None:
            raise TypeError(f'can only append array (not "{type(other).__name__}") to array')
        return self._made(self._items + items)

    def __iadd__(self, other):
        items = self._other(other)
        if items is None:
            raise TypeError(f'can only extend with array (not "{type(other).__name__}")')
        self._items += items
        return self

    def __mul__(self, count):
        return self._made(self._items * count) if isinstance(count, int) else NotImplemented

    __rmul__ = __mul__

    def __imul__(self, count):
        if not isinstance(count, int):
            return NotImplemented
        self._items *= count
        return self

    def _compared(self, other, test):
        return test(self._items, other._items) if isinstance(other, array) else NotImplemented

    def __eq__(self, other):
        return self._compared(other, lambda a, b: a == b)

    def __lt__(self, other):
        return self._compared(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compared(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compared(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compared(other, lambda a, b: a >= b)

    __hash__ = None

    def append(self, v, /):
        self._items.append(self._checked(v))

    def extend(self, bb, /):
        if isinstance(bb, array):
            self._items += self._other(bb)
        else:
            for value in bb:
                self.append(value)

    def insert(self, i, v, /):
        self._items.insert(i, self._checked(v))

    def pop(self, i=-1, /):
        if not self._items:
            raise IndexError("pop from empty array")
        if not -len(self._items) <= i < len(self._items):
            raise IndexError("pop index out of range")
        return self._items.pop(i)

    def remove(self, v, /):
        if v not in self._items:
            raise ValueError("array.remove(x): x not in array")
        self._items.remove(v)

    def index(self, v, start=0, stop=9223372036854775807, /):
        try:
            return self._items.index(v, start, stop)
        except ValueError:
            raise ValueError("array.index(x): x not in array") from None

    def count(self, v, /):
        return self._items.count(v)

    def reverse(self):
        self._items.reverse()

    def tolist(self):
        return list(self._items)

    def fromlist(self, list, /):
        self._items += [self._checked(item) for item in list]

    def __copy__(self):
        return self._made(list(self._items))

    def __deepcopy__(self, memo):
        return self._made(list(self._items))

    def __getattr__(self, name):
        if name in ("buffer_info", "byteswap", "frombytes", "fromfile", "fromunicode", "tobytes", "tofile", "tounicode"):
            unsupported(f"array.{name}")
        raise AttributeError(f"'array.array' object has no attribute '{name}'")


array.__module__ = arrayiterator.__module__ = "array"
title(array, "array.array")
ArrayType = array


def __getattr__(name):
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    unsupported(f"array.{name}")
