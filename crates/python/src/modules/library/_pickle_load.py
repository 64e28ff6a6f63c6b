"""The half of `pickle` that reads."""

import builtins as _builtins
from struct import unpack as _unpack

from _tracer import main_module as _main_module, unsupported as _unsupported


class PickleError(Exception):
    __module__ = "_pickle"


class UnpicklingError(PickleError):
    __module__ = "_pickle"


def new_object(cls, *arguments):
    return cls.__new__(cls, *arguments)


def _reconstructed(cls, base, state):
    if base is object:
        return object.__new__(cls)
    return base.__new__(cls, state)


_OLD_MODULES = {"__builtin__": "builtins"}
_OLD_NAMES = {"long": "int", "unicode": "str", "xrange": "range", "unichr": "chr"}
_LIBRARY = ("datetime", "decimal", "fractions", "collections")


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        if buffers is not None or not fix_imports:
            _unsupported("unpickling with these options")
        self._file = file
        self._memo = {}

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def find_class(self, module_name, global_name):
        protocol = self._protocol
        if protocol < 3 and module_name == "__builtin__":
            module_name, global_name = "builtins", _OLD_NAMES.get(global_name, global_name)
        if module_name == "__main__":
            found = _main_module()
        elif module_name == "builtins":
            found = _builtins
        elif module_name == "copy_reg" and global_name == "_reconstructor":
            return _reconstructed
        elif module_name in _LIBRARY:
            found = __import__(module_name)
        else:
            _unsupported("unpickling what belongs to " + module_name)
        module = found
        for step in global_name.split(".") if protocol >= 4 else [global_name]:
            if not hasattr(found, step):
                if module_name == "__main__":
                    _unsupported("unpickling a name that is missing")
                raise AttributeError(f"Can't get attribute {global_name!r} on {module!r}")
            found = getattr(found, step)
        return found

    def _take(self, count):
        data = self._data[self._at:self._at + count]
        if len(data) < count:
            raise UnpicklingError("pickle data was truncated")
        self._at += count
        return data

    def _line(self):
        end = self._data.find(b"\n", self._at)
        if end < 0:
            raise UnpicklingError("pickle data was truncated")
        line = self._data[self._at:end]
        self._at = end + 1
        return line

    def _number(self, form, count):
        return _unpack(form, self._take(count))[0]

    def _pop(self):
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise UnpicklingError("unexpected MARK found" if self._marks else "unpickling stack underflow")
        return self._stack.pop()

    def _top(self):
        value = self._pop()
        self._stack.append(value)
        return value

    def _popped_to_mark(self):
        if not self._marks:
            raise UnpicklingError("could not find MARK")
        start = self._marks.pop()
        items = self._stack[start:]
        del self._stack[start:]
        return items

    def _get(self, number):
        if number not in self._memo:
            raise UnpicklingError(f"Memo value not found at index {number}")
        self._stack.append(self._memo[number])

    def load(self):
        # A pickle may be followed by others.
        start = self._file.tell()
        self._data = bytes(self._file.read())
        self._at = 0
        self._protocol = 0
        self._stack, self._marks = [], []
        while True:
            if self._at == len(self._data):
                raise EOFError("Ran out of input")
            code = self._data[self._at:self._at + 1]
            self._at += 1
            if code == b".":
                value = self._pop()
                self._file.seek(start + self._at)
                return value
            step = _STEPS.get(code)
            if step is None:
                shown = code.decode("latin-1") if 32 <= code[0] < 127 and code not in b"'\\" else f"\\x{code[0]:02x}"
                raise UnpicklingError(f"invalid load key, '{shown}'.")
            step(self)


Unpickler.__module__ = "_pickle"


def _step(*codes):
    def register(function):
        for code in codes:
            _STEPS[code] = function
        return function

    return register


_STEPS = {}


def _pushes(code, make):
    """A value that depends on what follows alone."""
    def step(self):
        self._stack.append(make(self))

    _STEPS[code] = step


def _sized(form, count, convert):
    return lambda self: convert(self._take(self._number(form, count)))


def _utf8(data):
    return data.decode("utf-8", "surrogatepass")


def _line_integer(self):
    line = self._line()
    return bool(int(line)) if line in (b"00", b"01") else int(line)


def _raw(data):
    found, at = [], 0
    text = data.decode("latin-1")
    while at < len(text):
        if text[at] == "\\" and text[at + 1:at + 2] in ("u", "U"):
            digits = 4 if text[at + 1] == "u" else 8
            found.append(chr(int(text[at + 2:at + 2 + digits], 16)))
            at += 2 + digits
        else:
            found.append(text[at])
            at += 1
    return "".join(found)


for _code, _make in {
    b"N": lambda self: None, b"\x88": lambda self: True, b"\x89": lambda self: False,
    b"K": lambda self: self._take(1)[0], b"M": lambda self: self._number("<H", 2), b"J": lambda self: self._number("<i", 4),
    b"I": _line_integer, b"L": lambda self: int(self._line().rstrip(b"L")), b"F": lambda self: float(self._line()),
    b"G": lambda self: self._number(">d", 8), b"V": lambda self: _raw(self._line()),
    b"\x8a": _sized("<B", 1, lambda data: int.from_bytes(data, "little", signed=True)),
    b"\x8b": _sized("<i", 4, lambda data: int.from_bytes(data, "little", signed=True)),
    b"\x8c": _sized("<B", 1, _utf8), b"X": _sized("<I", 4, _utf8), b"\x8d": _sized("<Q", 8, _utf8),
    b"C": _sized("<B", 1, bytes), b"B": _sized("<I", 4, bytes), b"\x8e": _sized("<Q", 8, bytes),
    b"\x96": _sized("<Q", 8, bytearray),
    b")": lambda self: (), b"]": lambda self: [], b"}": lambda self: {}, b"\x8f": lambda self: set(),
    b"t": lambda self: tuple(self._popped_to_mark()), b"l": lambda self: self._popped_to_mark(),
    b"\x91": lambda self: frozenset(self._popped_to_mark()),
    b"\x85": lambda self: (self._pop(),),
    b"P": lambda self: self.persistent_load(self._line().decode("ascii")), b"Q": lambda self: self.persistent_load(self._pop()),
    b"c": lambda self: self.find_class(self._line().decode(), self._line().decode()),
}.items():
    _pushes(_code, _make)
del _code, _make


@_step(b"\x80")
def _protocol(self):
    number = self._take(1)[0]
    if number > 5:
        raise ValueError(f"unsupported pickle protocol: {number}")
    self._protocol = number


@_step(b"\x95")
def _frame(self):
    if self._number("<Q", 8) > len(self._data) - self._at:
        raise UnpicklingError("pickle data was truncated")


@_step(b"(")
def _mark(self):
    self._marks.append(len(self._stack))


@_step(b"\x86", b"\x87")
def _short_tuple(self):
    count = self._data[self._at - 1] - 0x84
    items = [self._pop() for _ in range(count)]
    self._stack.append(tuple(reversed(items)))


@_step(b"d")
def _dict(self):
    items = self._popped_to_mark()
    self._stack.append(dict(zip(items[::2], items[1::2])))


@_step(b"\x93")
def _stack_global(self):
    name, module_name = self._pop(), self._pop()
    if not isinstance(name, str) or not isinstance(module_name, str):
        raise UnpicklingError("STACK_GLOBAL requires str")
    self._stack.append(self.find_class(module_name, name))


@_step(b"R")
def _reduce(self):
    arguments, function = self._pop(), self._pop()
    if len(arguments) == 1 and type(arguments[0]) is bytes and getattr(function, "__module__", None) == "datetime":
        arguments = _dated(function, arguments[0])
    self._stack.append(function(*arguments))


def _dated(cls, data):
    """The arguments that stand for the bytes of a date or time."""
    fields = {"date": 2, "datetime": 7, "time": 3}.get(cls.__name__)
    if fields is None or len(data) != {2: 4, 7: 10, 3: 6}[fields] or data[2 if fields != 3 else 0] > 127:
        _unsupported("unpickling such a date")
    microsecond = int.from_bytes(data[-3:], "big")
    if fields == 3:
        return *data[:3], microsecond
    day = int.from_bytes(data[:2], "big"), data[2], data[3]
    return day if fields == 2 else (*day, *data[4:7], microsecond)


@_step(b"\x81")
def _new(self):
    arguments, cls = self._pop(), self._pop()
    self._stack.append(cls.__new__(cls, *arguments))


@_step(b"\x92")
def _new_with_keywords(self):
    keywords, arguments, cls = self._pop(), self._pop(), self._pop()
    self._stack.append(cls.__new__(cls, *arguments, **keywords))


@_step(b"a")
def _append(self):
    value = self._pop()
    self._top().append(value)


@_step(b"e")
def _appends(self):
    items = self._popped_to_mark()
    found = self._top()
    if hasattr(found, "extend"):
        found.extend(items)
    else:
        for item in items:
            found.append(item)


@_step(b"s")
def _set_item(self):
    value, key = self._pop(), self._pop()
    self._top()[key] = value


@_step(b"u")
def _set_items(self):
    items = self._popped_to_mark()
    found = self._top()
    for key, value in zip(items[::2], items[1::2]):
        found[key] = value


@_step(b"\x90")
def _add_items(self):
    items = self._popped_to_mark()
    self._top().update(items)


@_step(b"b")
def _build(self):
    state = self._pop()
    found = self._top()
    if hasattr(type(found), "__getattr__"):
        _unsupported("unpickling an object with __getattr__")
    if any("__setstate__" in base.__dict__ and base.__module__ != "builtins" for base in type(found).__mro__):
        found.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state is not None:
        if not isinstance(state, dict):
            raise UnpicklingError("state is not a dictionary")
        for name, value in state.items():
            found.__dict__[name] = value
    if slots:
        for name, value in slots.items():
            setattr(found, name, value)


@_step(b"0")
def _drop(self):
    if self._marks and self._marks[-1] == len(self._stack):
        self._marks.pop()
    else:
        self._pop()


@_step(b"1")
def _drop_to_mark(self):
    self._popped_to_mark()


@_step(b"2")
def _duplicate(self):
    self._stack.append(self._top())


@_step(b"\x94")
def _memoize(self):
    self._memo[len(self._memo)] = self._top()


@_step(b"q", b"r", b"p")
def _put(self):
    code = self._data[self._at - 1:self._at]
    number = int(self._line()) if code == b"p" else self._take(1)[0] if code == b"q" else self._number("<I", 4)
    self._memo[number] = self._top()


@_step(b"h")
def _get(self):
    self._get(self._take(1)[0])


@_step(b"j")
def _long_get(self):
    self._get(self._number("<I", 4))


@_step(b"g")
def _line_get(self):
    self._get(int(self._line()))
