"""`weakref`: references that do not keep their target alive, and containers of them.

No references are counted here: whether a target is still there is asked when somebody wants to know, or, where something is to be
called then, before whatever the program shows. Where the answer would be a guess the program is refused."""

from collections.abc import Mapping as _Mapping, MutableMapping as _MutableMapping, MutableSet as _MutableSet

from _absent import function as _function, kind as _kind
from _tracer import address as _address, look_after as _look_after, unsupported as _unsupported
from _tracer import weak_reference_class as _weak_reference_class

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]

ref = ReferenceType = _weak_reference_class()
getweakrefcount = _function("weakref.getweakrefcount")
getweakrefs = _function("weakref.getweakrefs")
# The values end with their keys, and may be the last to hold other targets.
WeakKeyDictionary = _kind("weakref.WeakKeyDictionary")
_no_default = object()


class ProxyType:
    """Passes on what is asked of it to its target."""

    __slots__ = ("_ref",)

    def __init__(self, reference):
        _set(self, "_ref", reference)

    def __getattribute__(self, name):
        return getattr(_target(self), name)

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)

    def __repr__(self):
        target = _target(self)
        return f"<weakproxy at {_address(self):#x} to {type(target).__name__} at {_address(target):#x}>"

    __hash__ = None


_set = object.__setattr__
_own = object.__getattribute__


def _target(proxy):
    found = _own(proxy, "_ref")()
    if found is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return found


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _target(self)(*args, **kwargs)


def _add_operations():
    import operator

    def plain(value):
        return _target(value) if type(value) in ProxyTypes else value

    def add(name, function):
        def method(self, *args):
            return function(*[plain(value) for value in (self, *args)])

        setattr(ProxyType, name, method)

    for name in ("str", "bool", "len", "iter", "next"):
        add(f"__{name}__", {"str": str, "bool": bool, "len": len, "iter": iter, "next": next}[name])
    add("__contains__", lambda target, item: item in target)
    for name in ("getitem", "setitem", "delitem", "lt", "le", "eq", "ne", "gt", "ge", "neg", "pos", "invert", "abs",
                 "index", "iadd", "isub", "imul"):
        add(f"__{name}__", getattr(operator, f"__{name}__"))
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift",
                 "matmul"):
        function = getattr(operator, f"__{name}__")
        add(f"__{name}__", function)
        add(f"__r{name}__", lambda right, left, function=function: function(left, right))


ProxyTypes = (ProxyType, CallableProxyType)
_add_operations()


def proxy(object, callback=None, /):
    kind = CallableProxyType if callable(object) else ProxyType
    return kind(ref(object) if callback is None else ref(object, callback))


class WeakMethod:
    """A weak reference to a bound method, which would itself be gone at once."""

    def __init__(self, meth, callback=None):
        if callback is not None:
            _unsupported("weakref.WeakMethod with a callback")
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        self._owner, self._function = ref(owner), ref(function)

    def __call__(self):
        owner, function = self._owner(), self._function()
        return None if owner is None or function is None else function.__get__(owner)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if self() is None or other() is None:
            return self is other
        return self._owner == other._owner and self._function == other._function

    def __hash__(self):
        return hash(self._owner)

    def __repr__(self):
        owner = self._owner()
        if owner is None or hasattr(owner, "__name__"):
            _unsupported("the repr of this WeakMethod")
        return f"<weakref at {_address(self):#x}; to {type(owner).__name__!r} at {_address(owner):#x}>"


class WeakValueDictionary(_MutableMapping):
    def __repr__(self):
        return f"<{self.__class__.__name__} at {_address(self):#x}>"

    def __init__(self, other=None, /, **kwargs):
        self.data = {}
        if other is not None or kwargs:
            self.update(other or (), **kwargs)

    def __copy__(self):
        return self.copy()

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        new = self.__class__()
        new.update(other)
        new.update(self)
        return new

    def copy(self):
        new = WeakValueDictionary()
        for key, value in self.items():
            new[key] = value
        return new

    def __len__(self):
        self._clean()
        return len(self.data)

    def __iter__(self):
        return self.keys()

    def keys(self):
        for key, _ in self.items():
            yield key

    def values(self):
        for _, value in self.items():
            yield value

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def pop(self, key, *args):
        try:
            value = self[key]
        except KeyError:
            if args:
                return args[0]
            raise
        del self[key]
        return value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
            return default

    def popitem(self):
        self._clean()
        key, value = list(self.items())[-1] if self.data else self.data.popitem()
        del self[key]
        return key, value

    def _clean(self):
        for key, reference in list(self.data.items()):
            if reference() is None:
                del self.data[key]

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            del self.data[key]
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        if not isinstance(key, (str, int)):
            # A key ends with its value, and may be the last to hold another target.
            _unsupported("weakref.WeakValueDictionary with such keys")
        if key in self.data and self.data[key]() is None:
            del self.data[key]
        _look_after(value)
        self.data[key] = ref(value)

    def __delitem__(self, key):
        if key in self.data and self.data[key]() is None:
            del self.data[key]
        del self.data[key]

    def __contains__(self, key):
        return key in self.data and self.data[key]() is not None

    def items(self):
        self._clean()
        for key, reference in self.data.items():
            value = reference()
            if value is not None:
                yield key, value

    def valuerefs(self):
        self._clean()
        return list(self.data.values())


class WeakSet(_MutableSet):
    __module__ = "_weakrefset"
    def __init__(self, data=None):
        self._references = {}
        if data is not None:
            self.update(data)

    def _clean(self):
        references = list(self._references)
        if any([reference() is None for reference in references]):
            self._references = {reference: None for reference in references if reference() is not None}

    def __len__(self):
        self._clean()
        return len(self._references)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self._references

    def __iter__(self):
        self._clean()
        if len(self._references) > 1:
            _unsupported("the order of a WeakSet (by addresses)")
        for reference in list(self._references):
            item = reference()
            if item is not None:
                yield item

    def add(self, item):
        self._references[ref(item)] = None
        _look_after(item)

    def discard(self, item):
        self._references.pop(ref(item), None)

    def remove(self, item):
        del self._references[ref(item)]

    def update(self, other):
        for item in other:
            self.add(item)

    def clear(self):
        self._references = {}

    def __repr__(self):
        if len(self) > 1:
            _unsupported("the order of a WeakSet (by addresses)")
        return repr(set(self._references))


class finalize:
    """Calls a function once: when the object is freed, or before that by hand."""

    __slots__ = ()

    def __init__(self, obj, func, /, *args, **kwargs):
        # What is to be called stays, whatever becomes of this object.
        _pending[self] = [ref(obj, self), func, args, kwargs, True]

    def __call__(self, _=None):
        pending = _pending.pop(self, None)
        if pending is not None:
            _, func, args, kwargs, _ = pending
            return func(*args, **kwargs)

    def _object(self):
        return _pending[self][0]() if self in _pending else None

    def detach(self):
        found = self.peek()
        _pending.pop(self, None)
        return found

    def peek(self):
        found = self._object()
        return None if found is None else (found, *_pending[self][1:4])

    @property
    def alive(self):
        return self in _pending

    @property
    def atexit(self):
        return self in _pending and _pending[self][4]

    @atexit.setter
    def atexit(self, value):
        if self in _pending:
            _pending[self][4] = bool(value)

    def __repr__(self):
        found = self._object()
        if found is None:
            return f"<finalize object at {_address(self):#x}; dead>"
        return f"<finalize object at {_address(self):#x}; for {type(found).__name__!r} at {_address(found):#x}>"


_pending = {}
