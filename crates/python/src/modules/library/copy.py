"""Shallow and deep copies."""

from _tracer import unsupported as _unsupported

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    pass


error = Error

_ATOMIC = {type(None), int, float, bool, complex, str, bytes, type, range, slice, property, type(Ellipsis),
           type(NotImplemented), type(len), type(lambda: 0), type(Error.__init__)}
_CONTAINERS = (list, dict, set, frozenset, tuple, bytearray)


def copy(x):
    cls = type(x)
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
    if cls is list:
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
    for name in ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__"):
        for base in cls.__mro__:
            if name in base.__dict__ and base is not object:
                if name == "__reduce__" and base.__module__ != "builtins":
                    return _reduced(x, x.__reduce__(), convert, memo)
                if not issubclass(cls, BaseException):
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
            if cls.__init__ is object.__init__ and cls.__module__ != "builtins":
                return cls.__new__(cls)
            raise TypeError(f"cannot pickle {cls.__name__!r} object")
        result = cls.__new__(cls)
    memo[id(x)] = result
    if hasattr(x, "__dict__"):
        for name, value in list(x.__dict__.items()):
            result.__dict__[convert(name)] = convert(value)
    for name in _slots(cls):
        if hasattr(x, name):
            object.__setattr__(result, name, convert(getattr(x, name)))
    if isinstance(x, list):
        for item in x:
            result.append(convert(item))
    elif isinstance(x, dict):
        for key, value in x.items():
            result[convert(key)] = convert(value)
    return result


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
