"""Containers around containers: each keeps a plain one inside, which a class that derives from it may use."""

__name__ = "collections"

from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence


def _plain(value, kind):
    """What a container of the kind has inside."""
    return value.data if isinstance(value, kind) else value


class ChainMap(MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        first = self.maps[0].copy()
        first.update(other)
        return self.__class__(first, *self.maps[1:])

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        merged = dict(other)
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return self.__class__(merged)

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys |= dict.fromkeys(mapping)
        return iter(keys)

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __bool__(self):
        return any(self.maps)

    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"

    @classmethod
    def fromkeys(cls, iterable, *args):
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        if m is None:
            m = kwargs
        elif kwargs:
            m.update(kwargs)
        return self.__class__(m, *self.maps)

    @property
    def parents(self):
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def clear(self):
        self.maps[0].clear()


class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(self.__class__, "__missing__"):
            return self.__class__.__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def __or__(self, other):
        other = _plain(other, UserDict)
        return self.__class__(self.data | other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        other = _plain(other, UserDict)
        return self.__class__(other | self.data) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.data |= _plain(other, UserDict)
        return self

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.data = self.data.copy()
        return made

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        made = self.__copy__()
        made.data = {}
        made.update(self)
        return made

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made


class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = []
        if initlist is not None:
            self.data = list(_plain(initlist, UserList))

    def __repr__(self):
        return repr(self.data)

    def __lt__(self, other):
        return self.data < _plain(other, UserList)

    def __le__(self, other):
        return self.data <= _plain(other, UserList)

    def __eq__(self, other):
        return self.data == _plain(other, UserList)

    def __gt__(self, other):
        return self.data > _plain(other, UserList)

    def __ge__(self, other):
        return self.data >= _plain(other, UserList)

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self.__class__(self.data[i])
        return self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + list(_plain(other, UserList)))

    def __radd__(self, other):
        return self.__class__(list(_plain(other, UserList)) + self.data)

    def __iadd__(self, other):
        self.data += _plain(other, UserList)
        return self

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.data = self.data[:]
        return made

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(_plain(other, UserList))


class UserString(Sequence):
    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else seq.data[:] if isinstance(seq, UserString) else str(seq)

    def __str__(self):
        return str(self.data)

    def __repr__(self):
        return repr(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __hash__(self):
        return hash(self.data)

    def __eq__(self, string):
        return self.data == _plain(string, UserString)

    def __lt__(self, string):
        return self.data < _plain(string, UserString)

    def __le__(self, string):
        return self.data <= _plain(string, UserString)

    def __gt__(self, string):
        return self.data > _plain(string, UserString)

    def __ge__(self, string):
        return self.data >= _plain(string, UserString)

    def __contains__(self, char):
        return _plain(char, UserString) in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __add__(self, other):
        return self.__class__(self.data + (_plain(other, UserString) if isinstance(other, (str, UserString)) else str(other)))

    def __radd__(self, other):
        return self.__class__((other if isinstance(other, str) else str(other)) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    def __complex__(self):
        return complex(self.data)

    def __getnewargs__(self):
        return (self.data[:],)

    maketrans = str.maketrans


# The methods that look at the text inside, by their parameters, and whether what they return is wrapped again.
_MAXIMUM = (1 << 63) - 1
_METHODS = {
    ("", True): "capitalize casefold lower swapcase title upper",
    ("width, *args", True): "center ljust rjust",
    ("*args", True): "translate",
    ("width", True): "zfill",
    ("chars=None", True): "lstrip rstrip strip",
    ("tabsize=8", True): "expandtabs",
    ("prefix, /", True): "removeprefix",
    ("suffix, /", True): "removesuffix",
    ("old, new, maxsplit=-1", True): "replace",
    ("", False): "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper",
    ("sub, start=0, end=_MAXIMUM", False): "count find index rfind rindex",
    ("prefix, start=0, end=_MAXIMUM", False): "startswith",
    ("suffix, start=0, end=_MAXIMUM", False): "endswith",
    ("sep", False): "partition rpartition",
    ("sep=None, maxsplit=-1", False): "rsplit split",
    ("keepends=False", False): "splitlines",
    ("seq", False): "join",
    ("mapping", False): "format_map",
    ("/, *args, **kwds", False): "format",
    ("encoding='utf-8', errors='strict'", False): "encode",
}
# Which of them take another `UserString`, and for what.
_TAKERS = {"count": ("sub",), "find": ("sub",), "rfind": ("sub",), "removeprefix": ("prefix",), "removesuffix": ("suffix",),
           "replace": ("old", "new")}


def _method(name, parameters, wrapped):
    """The source of one method."""
    passed = ", ".join([p.split("=")[0].strip() for p in parameters.split(",") if p.strip() not in ("", "/")])
    lines = [f"if isinstance({p}, UserString): {p} = {p}.data" for p in _TAKERS.get(name, ())]
    if name == "encode":
        lines = ["if encoding is None: encoding = 'utf-8'", "if errors is None: errors = 'strict'"]
    call = f"self.data.{name}({passed})"
    lines.append(f"return self.__class__({call})" if wrapped else f"return {call}")
    separator = ", " if parameters else ""
    return f"def {name}(self{separator}{parameters}):\n" + "".join([f"  {line}\n" for line in lines])


_namespace = {"UserString": UserString, "_MAXIMUM": _MAXIMUM, "__name__": "collections"}
exec("".join([_method(name, parameters, wrapped) for (parameters, wrapped), names in _METHODS.items()
              for name in names.split()]), _namespace)
for _names in _METHODS.values():
    for _name in _names.split():
        _namespace[_name].__qualname__ = "UserString." + _name
        setattr(UserString, _name, _namespace[_name])
