"""The half of `pickle` that writes."""

import builtins as _builtins
import sys as _sys
from struct import pack as _pack

from _pickle_load import PickleError, new_object as _new_object
from _tracer import main_module as _main_module, unsupported as _unsupported

_BATCH = 1000
_FRAME = 1 << 16
_FUNCTION, _BUILTIN = type(_new_object), type(len)
_METHOD = type(PickleError().with_traceback)
# Names of other versions, which protocols before 3 write.
_OLD_NAMES = {"int": "long", "str": "unicode", "range": "xrange", "chr": "unichr", "map": None, "zip": None, "filter": None,
              "input": None}
_OLD_MODULES = {"builtins": "__builtin__", "copyreg": "copy_reg", "__main__": "__main__", "datetime": "datetime",
                "decimal": "decimal", "fractions": "fractions"}
# Classes of the library that are pickled by what they are made of.
_REDUCED = {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
_REDUCED |= {("decimal", "Decimal"), ("fractions", "Fraction"), ("collections", "Counter"), ("collections", "defaultdict"),
             ("collections", "OrderedDict"), ("collections", "deque")}
# CPython has these in C: their names are made anew whenever they are asked for.
_IN_C = {"builtins", "datetime", "decimal"}
_VALUES = (int, float, complex, str, bytes, tuple)


class PicklingError(PickleError):
    pass


PicklingError.__module__ = "_pickle"


def _slot_names(cls):
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                name = f"_{base.__name__.lstrip('_')}{name}"
            names.append(name)
    return names


def _is_constant(obj):
    """Whether a compiler may keep one object for all that equal this."""
    if type(obj) is tuple:
        return all([_is_constant(item) for item in obj])
    return obj is None or obj is ... or type(obj) in (bool, int, float, complex, str, bytes)


def _own(cls, name):
    """Whether a class of the program's defines a method; what stands in the library instead is known here by other means."""
    for base in cls.__mro__:
        if name in base.__dict__ and base is not object:
            return base.__module__ == "__main__"
    return False


def _state(obj):
    """What `object.__getstate__` gives."""
    cls = type(obj)
    if _own(cls, "__getstate__"):
        return obj.__getstate__()
    state = getattr(obj, "__dict__", None) or None
    slots = {name: getattr(obj, name) for name in _slot_names(cls) if hasattr(obj, name)}
    return (state, slots) if slots else state


class Pickler:
    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        if buffer_callback is not None or not fix_imports:
            _unsupported("pickle with these options")
        if protocol is None:
            protocol = 4
        if protocol > 5:
            raise ValueError("pickle protocol must be <= 5")
        self._protocol = 5 if protocol < 0 else protocol
        if not hasattr(file, "write"):
            raise TypeError("file must have a 'write' attribute")
        self._file = file
        self._memo = {}
        # Names of attributes of one letter; texts and other constants that were written.
        self._names, self._constants = set(), set()

    def clear_memo(self):
        self._memo.clear()
        self._names.clear()
        self._constants.clear()

    def dump(self, obj):
        cls = type(self)
        others = "reducer_override", "dispatch_table"
        if any(name in base.__dict__ for base in cls.__mro__ for name in others) or "dispatch_table" in self.__dict__:
            _unsupported("a Pickler with other reductions")
        self._named = self.persistent_id
        self._out = bytearray()
        try:
            self._save(obj)
        except RecursionError:
            _unsupported("pickle of what is nested so deeply")
        self._out += b"."
        head = b""
        if self._protocol >= 2:
            head = b"\x80" + bytes([self._protocol])
        if self._protocol >= 4 and len(self._out) >= 4:
            if len(self._out) > _FRAME:
                _unsupported("pickles of more than one frame")
            head += b"\x95" + _pack("<Q", len(self._out))
        self._file.write(head + bytes(self._out))

    def persistent_id(self, obj):
        return None

    # What was written already is referred to.

    def _key(self, obj, named=False):
        if type(obj) is str or type(obj) is bytes:
            if len(obj) <= 1:
                # Such objects are one, whoever made them, but for some letters, whose comparison is refused. Names of
                # attributes are surely one.
                key = (type(obj), obj)
                if key in self._memo and not (named and obj in self._names):
                    self._memo[key][1] is obj
                return key
        return id(obj)

    def _memoize(self, obj, key=None):
        number = len(self._memo)
        self._memo[self._key(obj) if key is None else key] = number, obj
        if self._protocol >= 4:
            self._out += b"\x94"
        elif not self._protocol:
            self._out += b"p%d\n" % number
        else:
            self._out += b"q" + bytes([number]) if number < 256 else b"r" + _pack("<I", number)

    def _known(self, key):
        """Refers to what is known; whether it is."""
        found = self._memo.get(key)
        if found is None:
            return False
        number = found[0]
        if not self._protocol:
            self._out += b"g%d\n" % number
        else:
            self._out += b"h" + bytes([number]) if number < 256 else b"j" + _pack("<I", number)
        return True

    def _save(self, obj, named=True):
        if named and type(self) is not Pickler:
            name = self._named(obj)
            if name is not None:
                if self._protocol:
                    self._save(name, False)
                    self._out += b"Q"
                else:
                    self._out += b"P" + str(name).encode() + b"\n"
                return
        cls = type(obj)
        simple = _SIMPLE.get(cls)
        if simple is not None:
            simple(self, obj)
        elif not self._known(self._key(obj)):
            shaped = _SHAPED.get(cls)
            if shaped is not None:
                shaped(self, obj)
            else:
                self._save_other(obj, cls)

    # Values.

    def _none(self, obj):
        self._out += b"N"

    def _bool(self, obj):
        if self._protocol >= 2:
            self._out += b"\x88" if obj else b"\x89"
        else:
            self._out += b"I01\n" if obj else b"I00\n"

    def _int(self, obj):
        if -0x80000000 <= obj <= 0x7fffffff:
            if not self._protocol:
                self._out += b"I%d\n" % obj
            elif 0 <= obj <= 0xff:
                self._out += b"K" + bytes([obj])
            elif 0 <= obj <= 0xffff:
                self._out += b"M" + _pack("<H", obj)
            else:
                self._out += b"J" + _pack("<i", obj)
        elif self._protocol < 2:
            self._out += b"L%dL\n" % obj
        else:
            # One bit more for the sign.
            positive = obj if obj >= 0 else -obj - 1
            data = obj.to_bytes(positive.bit_length() // 8 + 1, "little", signed=True)
            self._out += (b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + _pack("<i", len(data))) + data

    def _float(self, obj):
        self._out += b"G" + _pack(">d", obj) if self._protocol else b"F" + repr(obj).encode() + b"\n"

    def _once(self, obj):
        """Refuses what equals another constant that was written: CPython shares such objects more often than is known here."""
        if obj in self._constants:
            _unsupported("pickle of equal constants that may be one object")
        self._constants.add(obj)

    def _str(self, obj):
        self._once(obj)
        if not self._protocol:
            for character, code in (("\\", "\\u005c"), ("\0", "\\u0000"), ("\n", "\\u000a"), ("\r", "\\u000d"), ("\x1a", "\\u001a")):
                obj_text = obj.replace("\\", "\\u005c") if character == "\\" else obj_text.replace(character, code)
            data = b"".join([character.encode("latin-1") if character < "\u0100" else
                             (b"\\u%04x" if character < "\U00010000" else b"\\U%08x") % ord(character) for character in obj_text])
            self._out += b"V" + data + b"\n"
        else:
            data = obj.encode("utf-8", "surrogatepass")
            if self._protocol >= 4 and len(data) < 256:
                self._out += b"\x8c" + bytes([len(data)]) + data
            else:
                self._out += b"X" + _pack("<I", len(data)) + data
        self._memoize(obj)

    def _bytes(self, obj):
        if self._protocol < 3:
            _unsupported("pickle of bytes with this protocol")
        self._once(obj)
        self._out += (b"C" + bytes([len(obj)]) if len(obj) < 256 else b"B" + _pack("<I", len(obj))) + obj
        self._memoize(obj)

    def _bytearray(self, obj):
        if self._protocol < 5:
            if self._protocol < 3:
                _unsupported("pickle of bytes with this protocol")
            return self._reduced((bytearray, (bytes(obj),) if obj else ()), obj)
        self._out += b"\x96" + _pack("<Q", len(obj)) + obj
        self._memoize(obj)

    # Containers.

    def _tuple(self, obj):
        size = len(obj)
        if not size:
            self._out += b")" if self._protocol else b"(t"
            return
        if _is_constant(obj):
            self._once(obj)
        short = size <= 3 and self._protocol >= 2
        if not short:
            self._out += b"("
        for item in obj:
            self._save(item)
        if id(obj) in self._memo:
            # It holds itself: what was written of it is dropped.
            self._out += b"0" * size if short else b"1" if self._protocol else b"0" * (size + 1)
            self._known(id(obj))
            return
        self._out += (b"\x85", b"\x86", b"\x87")[size - 1] if short else b"t"
        self._memoize(obj)

    def _list(self, obj):
        self._out += b"]" if self._protocol else b"(l"
        self._memoize(obj)
        if self._protocol and len(obj) > 1:
            for start in range(0, len(obj), _BATCH):
                self._out += b"("
                for item in obj[start:start + _BATCH]:
                    self._save(item)
                self._out += b"e"
        else:
            self._append(obj)

    def _append(self, items):
        if self._protocol:
            self._batches(items, self._save, b"a", b"e")
            return
        for item in items:
            self._save(item)
            self._out += b"a"

    def _batches(self, items, save, one, several):
        """Items of an iterator: alone, or after a mark."""
        items = list(items)
        for start in range(0, len(items), _BATCH):
            batch = items[start:start + _BATCH]
            if len(batch) == 1:
                save(batch[0])
                self._out += one
                continue
            self._out += b"("
            for item in batch:
                save(item)
            self._out += several

    def _pair(self, pair):
        self._save(pair[0])
        self._save(pair[1])

    def _attribute(self, pair):
        """An item of an instance's dictionary."""
        name, value = pair
        if type(name) is str and len(name) == 1:
            if not self._known(self._key(name, True)):
                self._names.add(name)
                self._str(name)
        else:
            self._save(name)
        self._save(value)

    def _dict(self, obj, save=None):
        save = save or self._pair
        self._out += b"}" if self._protocol else b"(d"
        self._memoize(obj)
        if self._protocol and len(obj) > 1:
            # A full batch is followed by another, even by one of nothing.
            pairs = list(obj.items())
            for start in range(0, len(pairs) + 1 - bool(len(pairs) % _BATCH), _BATCH):
                self._out += b"("
                for pair in pairs[start:start + _BATCH]:
                    save(pair)
                self._out += b"u"
        else:
            self._set_items(obj.items(), save)

    def _set_items(self, pairs, save):
        if self._protocol:
            self._batches(pairs, save, b"s", b"u")
            return
        for pair in pairs:
            save(pair)
            self._out += b"s"

    def _set(self, obj):
        if self._protocol < 4:
            return self._reduced((set, (list(obj),)), obj)
        self._out += b"\x8f"
        self._memoize(obj)
        items = list(obj)
        if items:
            for start in range(0, len(items) + 1 - bool(len(items) % _BATCH), _BATCH):
                self._out += b"("
                for item in items[start:start + _BATCH]:
                    self._save(item)
                self._out += b"\x90"

    def _frozenset(self, obj):
        if self._protocol < 4:
            return self._reduced((frozenset, (list(obj),)), obj)
        self._out += b"("
        for item in obj:
            self._save(item)
        if id(obj) in self._memo:
            self._out += b"1"
            self._known(id(obj))
            return
        self._out += b"\x91"
        self._memoize(obj)

    # What is found by its name.

    def _global(self, obj, name=None):
        if name is None:
            name = obj.__qualname__
        module_name = obj.__module__
        if "<locals>" in name.split("."):
            raise AttributeError(f"Can't pickle local object {name!r}")
        if module_name == "__main__":
            module = _main_module()
        elif module_name == "builtins":
            module = _builtins
        elif module_name in _sys.modules:
            module = _sys.modules[module_name]
        else:
            _unsupported("pickle of what belongs to " + str(module_name))
        found, parent = module, None
        for step in name.split("."):
            if not hasattr(found, step):
                raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed")
            parent, found = found, getattr(found, step)
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        self._named_global(obj, module_name, name, parent if "." in name else None)

    def _named_global(self, obj, module_name, name, parent=None):
        if self._protocol >= 4:
            builtin = type(obj) is _BUILTIN
            key = ("module", module_name) if builtin else None
            if not builtin:
                self._save(module_name, False)
            elif not self._known(key):
                self._fresh(module_name, key)
            if builtin or module_name in _IN_C or module_name == "collections" and name != "Counter":
                self._fresh(name, ("name", len(self._memo)))
            else:
                self._save(name, False)
            self._out += b"\x93"
        elif parent is not None:
            _unsupported("pickle of a member with this protocol")
        else:
            if self._protocol < 3:
                if module_name == "builtins":
                    name = None if isinstance(obj, type) and issubclass(obj, BaseException) else _OLD_NAMES.get(name, name)
                module_name = _OLD_MODULES.get(module_name)
                if name is None or module_name is None:
                    _unsupported("pickle of a name of the library with this protocol")
            self._out += b"c" + f"{module_name}\n{name}\n".encode()
        self._memoize(obj)

    def _fresh(self, text, key):
        """A text that is an object of its own."""
        data = text.encode()
        self._out += b"\x8c" + bytes([len(data)]) + data
        self._memoize(text, key)

    def _class(self, obj):
        if obj in (type(None), type(NotImplemented), type(...)):
            value = {type(None): None, type(NotImplemented): NotImplemented}.get(obj, ...)
            return self._reduced((type, (value,)), obj)
        if obj.__module__ not in ("builtins", "__main__") and (obj.__module__, obj.__name__) not in _REDUCED:
            _unsupported("pickle of a class of " + obj.__module__)
        self._global(obj)

    def _builtin(self, obj):
        if obj.__module__ != "builtins" or getattr(_builtins, obj.__name__, None) is not obj:
            _unsupported("pickle of a function of the library")
        self._global(obj)

    def _function(self, obj):
        if obj.__module__ != "__main__":
            _unsupported("pickle of a function of the library")
        self._global(obj)

    def _method(self, obj):
        if obj.__self__.__class__.__module__ != "__main__" or isinstance(obj.__self__, type):
            _unsupported("pickle of such a method")
        self._reduced((getattr, (obj.__self__, obj.__func__.__name__)), obj)

    # Everything else.

    def _save_other(self, obj, cls):
        if isinstance(obj, type):
            return self._class(obj)
        if _own(cls, "__reduce_ex__"):
            return self._answered(obj, obj.__reduce_ex__(self._protocol))
        if _own(cls, "__reduce__"):
            return self._answered(obj, obj.__reduce__())
        for name in ("__getattr__", "__getattribute__"):
            if _own(cls, name):
                _unsupported("pickle of an object with " + name)
        for base in cls.__mro__:
            if base.__module__ == "enum":
                if obj.name is None or "Flag" in base.__name__:
                    _unsupported("pickle of such an enumeration's member")
                return self._reduced((cls, (obj.value,)), obj)
        known = self._library_parts(obj, cls)
        if known is not None:
            return self._reduced(known, obj)
        self._default(obj, cls)

    def _answered(self, obj, parts):
        if isinstance(parts, str):
            return self._global(obj, parts)
        if not isinstance(parts, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(parts) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        if not callable(parts[0]):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(parts[1], tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        if len(parts) == 6 and parts[5] is not None:
            _unsupported("pickle with a function that sets the state")
        self._reduced(parts, obj)

    def _library_parts(self, obj, cls):
        """How objects of the library's classes, and of those derived from them, are taken apart."""
        for base in cls.__mro__:
            if base.__module__ != "__main__":
                break
        state = getattr(obj, "__dict__", None) or None
        title = base.__module__, base.__name__
        if title in _REDUCED:
            if cls is not base and title[0] != "collections":
                _unsupported("pickle of a class derived from " + title[1])
            if title == ("collections", "defaultdict"):
                return cls, () if obj.default_factory is None else (obj.default_factory,), None, None, obj.items()
            if title == ("collections", "OrderedDict"):
                return cls, (), state, None, obj.items()
            if title == ("collections", "Counter"):
                return cls, (dict(obj),)
            if title == ("collections", "deque"):
                return cls, () if obj.maxlen is None else ((), obj.maxlen), state, obj
            if title == ("datetime", "timedelta"):
                return cls, (obj.days, obj.seconds, obj.microseconds)
            if title == ("datetime", "date"):
                return cls, (obj.year.to_bytes(2, "big") + bytes([obj.month, obj.day]),)
            if title == ("datetime", "datetime") and not obj.fold and obj.tzinfo is None:
                day = obj.year.to_bytes(2, "big") + bytes([obj.month, obj.day, obj.hour, obj.minute, obj.second])
                return cls, (day + obj.microsecond.to_bytes(3, "big"),)
            if title == ("datetime", "time") and not obj.fold and obj.tzinfo is None:
                return cls, (bytes([obj.hour, obj.minute, obj.second]) + obj.microsecond.to_bytes(3, "big"),)
            if title == ("decimal", "Decimal"):
                return cls, (str(obj),)
            if title == ("fractions", "Fraction"):
                return cls, (obj.numerator, obj.denominator)
            _unsupported("pickle of such an object of " + title[0])
        if isinstance(obj, BaseException):
            if base.__module__ != "builtins" or issubclass(base, (OSError, ImportError, BaseExceptionGroup, StopIteration,
                                                                   SyntaxError, UnicodeError, AttributeError, NameError)):
                _unsupported("pickle of such an exception")
            return (cls, obj.args, state) if state else (cls, obj.args)
        if base is complex and cls is complex:
            self._once(("complex", obj))
            return complex, (obj.real, obj.imag)
        if base is range:
            return range, (obj.start, obj.stop, obj.step)
        if base is slice:
            return slice, (obj.start, obj.stop, obj.step)
        if obj is NotImplemented or obj is ...:
            return "NotImplemented" if obj is NotImplemented else "Ellipsis"
        return None

    def _default(self, obj, cls):
        """What `object.__reduce_ex__` does."""
        named_tuple = isinstance(obj, tuple) and "_fields" in cls.__dict__
        own = [base for base in cls.__mro__ if base.__module__ == "__main__"]
        rest = [base for base in cls.__mro__ if base not in own and base is not object]
        if not own and rest or any(base not in (*_VALUES, list, dict, set, frozenset) for base in rest):
            if own and any(base.__module__ != "builtins" and base.__module__ not in ("abc", "typing") for base in rest):
                _unsupported("pickle of a class derived from one of the library")
            if not own:
                if cls.__module__ != "builtins" or hasattr(cls, "__next__") and cls.__name__ not in ("generator", "coroutine"):
                    _unsupported(f"pickle of {cls.__name__} objects")
                if cls.__name__ not in ("generator", "coroutine", "module", "code", "frame"):
                    _unsupported(f"pickle of {cls.__name__} objects")
                raise TypeError(f"cannot pickle {cls.__name__!r} object")
        if isinstance(obj, (set, frozenset)):
            return self._reduced((cls, (list(obj),), getattr(obj, "__dict__", None) or None), obj)
        if self._protocol < 2:
            return self._old_default(obj, cls)
        keywords = {}
        if _own(cls, "__getnewargs_ex__"):
            arguments, keywords = obj.__getnewargs_ex__()
        elif _own(cls, "__getnewargs__") and not named_tuple:
            arguments = obj.__getnewargs__()
            if not isinstance(arguments, tuple):
                raise TypeError(f"__getnewargs__ should return a tuple, not '{type(arguments).__name__}'")
        elif hasattr(cls, "_fields") and isinstance(obj, tuple):
            arguments = tuple(obj)
        else:
            value = [base for base in _VALUES if isinstance(obj, base)]
            if value == [complex]:
                _unsupported("pickle of a class derived from complex")
            # A subclass's own text might be another.
            arguments = ([base.__add__(obj, base()) if base in (str, bytes, tuple) else base.__pos__(obj) for base in value[:1]]
                         if value else [])
        state = _state(obj)
        items = iter(obj) if isinstance(obj, list) else None
        pairs = iter(obj.items()) if isinstance(obj, dict) else None
        if keywords:
            if self._protocol < 4:
                _unsupported("pickle of keyword arguments with this protocol")
            self._save(cls)
            self._save(tuple(arguments))
            self._save(keywords)
            self._out += b"\x92"
            return self._rest(obj, state, items, pairs)
        self._save(cls)
        self._save(tuple(arguments))
        self._out += b"\x81"
        self._rest(obj, state, items, pairs)

    def _old_default(self, obj, cls):
        """What `copyreg` does for the first protocols."""
        for base in cls.__mro__:
            if base.__module__ == "builtins":
                break
        if base in (tuple, list, dict) or _slot_names(cls):
            _unsupported("pickle of such an object with this protocol")
        if not self._known("reconstructor"):
            self._out += b"ccopy_reg\n_reconstructor\n"
            self._memoize(None, "reconstructor")
        arguments = cls, base, None if base is object else base.__add__(obj, base()) if base in (str, bytes) else base(obj)
        self._save(arguments)
        self._out += b"R"
        self._rest(obj, _state(obj) or None)

    def _reduced(self, parts, obj):
        if isinstance(parts, str):
            return self._named_global(obj, "builtins", parts)
        function, arguments, state, items, pairs = (*parts, None, None, None)[:5]
        self._save(function)
        self._save(arguments)
        self._out += b"R"
        self._rest(obj, state, items, pairs)

    def _rest(self, obj, state=None, items=None, pairs=None):
        if id(obj) in self._memo:
            self._out += b"0"
            self._known(id(obj))
            return
        self._memoize(obj, id(obj))
        if items is not None:
            self._append(items)
        if pairs is not None:
            self._set_items(pairs, self._pair)
        if state is not None:
            if type(state) is dict and state is getattr(obj, "__dict__", None) and not self._known(id(state)):
                self._dict(state, self._attribute)
            else:
                self._save(state)
            self._out += b"b"


_SIMPLE = {type(None): Pickler._none, bool: Pickler._bool, int: Pickler._int, float: Pickler._float}
_SHAPED = {str: Pickler._str, bytes: Pickler._bytes, bytearray: Pickler._bytearray, tuple: Pickler._tuple, list: Pickler._list,
           dict: Pickler._dict, set: Pickler._set, frozenset: Pickler._frozenset, type: Pickler._class,
           _FUNCTION: Pickler._function, _BUILTIN: Pickler._builtin, type(Pickler(type("", (), {"write": None})()).dump): Pickler._method}
Pickler.__module__ = "_pickle"
