"""Shallow and deep copies."""

from _tracer import unsupported as _unsupported

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    pass


error = Error

_ATOMIC = {type(None), int, float, bool, complex, str, bytes, type, range, slice, property, type(Ellipsis),
           type(NotImplemented), type(len), type(lambda: 0), type(Error.__init__), type(str.upper),
           type(object.__init__), type(int | str)}


class _Bound:
    def method(self):
        pass


_METHOD = type(_Bound().method)
_CONTAINERS = (list, dict, set, frozenset, tuple, bytearray)


def copy(x):
    cls = type(x)
    if cls is _METHOD:
        return x.__func__.__get__(x.__self__)
    if cls in _ATOMIC or cls is tuple or cls is frozenset or isinstance(x, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    return _rebuild(x, lambda value: value, {})


def deepcopy(x, memo=None, _nil=[]):
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    cls = type(x)
    if cls in _ATOMIC or isinstance(x, type):
        return x
    if cls is _METHOD:
        result = x.__func__.__get__(deepcopy(x.__self__, memo))
    elif cls is list:
        result = []
        memo[id(x)] = result
        for item in x:
            result.append(deepcopy(item, memo))
    elif cls is dict:
        result = {}
        memo[id(x)] = result
        for key, value in x.items():
            result[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if id(x) in memo:
            return memo[id(x)]
        for old, new in zip(x, items):
            if old is not new:
                result = tuple(items)
                break
        else:
            result = x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            result = copier(memo)
        else:
            result = _rebuild(x, lambda value: deepcopy(value, memo), memo)
    if result is not x:
        memo[id(x)] = result
        # The original must stay alive as long as its identity stands for it.
        memo.setdefault(id(memo), []).append(x)
    return result


def _rebuild(x, convert, memo):
    """What an object's default reduction would make."""
    cls = type(x)
    if cls in (set, frozenset):
        return cls([convert(item) for item in x])
    if cls is bytearray:
        return bytearray(x)
    if any(base.__name__ == "partial" and base.__module__ == "functools" for base in cls.__mro__):
        keywords = {name: convert(value) for name, value in x.keywords.items()}
        result = cls.__new__(cls, convert(x.func), *[convert(argument) for argument in x.args], **keywords)
        result.__dict__.update({name: convert(value) for name, value in x.__dict__.items()})
        return result
    parts = _collection_parts(x)
    if parts is not None:
        return _reduced(x, parts, convert, memo)
    for base in cls.__mro__:
        if base.__module__ == "__main__" and "__reduce_ex__" in base.__dict__:
            return _reduced(x, x.__reduce_ex__(4), convert, memo)
    for name in ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__"):
        for base in cls.__mro__:
            if name in base.__dict__ and base is not object:
                if name == "__reduce__" and base.__module__ != "builtins":
                    return _reduced(x, x.__reduce__(), convert, memo)
                if name in ("__getstate__", "__setstate__") and _is_plain(cls):
                    return _stateful(x, convert, memo)
                named_tuple = name == "__getnewargs__" and "_fields" in base.__dict__
                if not issubclass(cls, BaseException) and not named_tuple:
                    _unsupported(f"copying {cls.__name__} objects with {name}")
    if isinstance(x, BaseException):
        result = cls.__new__(cls, *[convert(argument) for argument in x.args])
        result.args = tuple([convert(argument) for argument in x.args])
        memo[id(x)] = result
        for name, value in x.__dict__.items():
            result.__dict__[name] = convert(value)
        return result
    if isinstance(x, (set, frozenset)):
        result = cls([convert(item) for item in x])
    elif isinstance(x, tuple):
        result = cls.__new__(cls, *convert(tuple(x))) if hasattr(x, "_fields") else cls.__new__(cls, convert(tuple(x)))
    elif isinstance(x, (int, float, complex, str, bytes)):
        base = [base for base in (int, float, complex, str, bytes) if isinstance(x, base)][0]
        result = cls.__new__(cls, base(x))
    elif isinstance(x, (list, dict)):
        result = cls.__new__(cls)
    else:
        if cls.__module__ == "builtins" or not hasattr(x, "__dict__") and not _slots(cls):
            if cls is object or cls.__init__ is object.__init__ and cls.__module__ != "builtins":
                return cls.__new__(cls)
            if hasattr(cls, "__next__"):
                _unsupported(f"copying {cls.__name__} objects")
            raise TypeError(f"cannot pickle {cls.__name__!r} object")
        result = cls.__new__(cls)
    memo[id(x)] = result
    state = {}
    if hasattr(x, "__dict__"):
        state = {convert(name): convert(value) for name, value in list(x.__dict__.items())}
    slots = {name: convert(getattr(x, name)) for name in _slots(cls) if hasattr(x, name)}
    asked = any(["__getattr__" in base.__dict__ or "__getattribute__" in base.__dict__ for base in cls.__mro__[:-1]])
    if asked and (state or slots) and hasattr(result, "__setstate__"):
        result.__setstate__((state or None, slots) if slots else state)
    else:
        if state:
            result.__dict__.update(state)
        for name, value in slots.items():
            setattr(result, name, value)
    if isinstance(x, list):
        for item in x:
            result.append(convert(item))
    elif isinstance(x, dict):
        for key, value in x.items():
            result[convert(key)] = convert(value)
    return result


def _is_plain(cls):
    """A class of the program's own that derives from its own classes only, and says nothing of reduction but of its state."""
    own = [base for base in cls.__mro__ if base is not object]
    others = ("__reduce__", "__reduce_ex__", "__getnewargs__", "__getnewargs_ex__", "__slots__")
    return all(base.__module__ == "__main__" and not any(name in base.__dict__ for name in others) for base in own)


def _stateful(x, convert, memo):
    """A copy by `__getstate__` and `__setstate__`, of which one may be missing."""
    cls = type(x)
    result = cls.__new__(cls)
    memo[id(x)] = result
    state = x.__getstate__() if hasattr(cls, "__getstate__") else x.__dict__ or None
    if state is not None:
        state = convert(state)
        if hasattr(result, "__setstate__"):
            result.__setstate__(state)
        else:
            result.__dict__.update(state)
    return result


def _collection_parts(x):
    """What `__reduce__` of the classes in collections gives; None for others."""
    cls = type(x)
    kind = None
    for base in cls.__mro__:
        if "__reduce__" in base.__dict__:
            return None
        if base.__module__ == "collections":
            kind = base.__name__
            break
    state = getattr(x, "__dict__", None) or None
    if kind == "defaultdict":
        return cls, () if x.default_factory is None else (x.default_factory,), None, None, list(x.items())
    if kind == "OrderedDict":
        return cls, (), state, None, list(x.items())
    if kind == "Counter":
        return cls, (dict(x),)
    if kind == "deque":
        return cls, () if x.maxlen is None else ((), x.maxlen), state, list(x)
    return None


def _reduced(x, parts, convert, memo):
    if isinstance(parts, str):
        return x
    call, arguments = parts[0], parts[1]
    result = call(*[convert(argument) for argument in arguments])
    memo[id(x)] = result
    if len(parts) > 2 and parts[2] is not None:
        state = convert(parts[2])
        if hasattr(result, "__setstate__"):
            result.__setstate__(state)
        else:
            result.__dict__.update(state)
    if len(parts) > 3 and parts[3] is not None:
        for item in parts[3]:
            result.append(convert(item))
    if len(parts) > 4 and parts[4] is not None:
        for key, value in parts[4]:
            result[convert(key)] = convert(value)
    return result


def _slots(cls):
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                name = "_" + base.__name__.lstrip("_") + name
            names.append(name)
    return names
