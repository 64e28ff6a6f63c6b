"""Variables of a context, and contexts that are copied, entered and left."""

from types import GenericAlias as _GenericAlias

from _tracer import address as _address, title as _title, unsupported as _unsupported

__all__ = ("Context", "ContextVar", "Token", "copy_context")


def _values_now():
    """The values of the context that runs. Tasks and threads have contexts of their own, which are not made here."""
    import sys  # A program has its own list of modules, which a module that is kept learns anew.

    if "asyncio" in sys.modules or "threading" in sys.modules:
        _unsupported("context variables of tasks and threads")
    return _current._values


class _Missing:
    def __repr__(self):
        return "<Token.MISSING>"


_MISSING = _Missing()


class Context:
    """A mapping from variables to their values."""

    def __init__(self):
        self._values = {}
        self._entered = False

    def run(self, callable, /, *args, **kwargs):
        global _current
        if self._entered:
            raise RuntimeError(f"cannot enter context: {self!r} is already entered")
        outer, _current = _current, self
        self._entered = True
        try:
            return callable(*args, **kwargs)
        finally:
            _current = outer
            self._entered = False

    def copy(self):
        new = Context()
        new._values = dict(self._values)
        return new

    def _variable(self, key):
        if not isinstance(key, ContextVar):
            raise TypeError(f"a ContextVar key was expected, got {key!r}")
        return key

    def __getitem__(self, key):
        return self._values[self._variable(key)]

    def __contains__(self, key):
        return self._variable(key) in self._values

    def get(self, key, default=None, /):
        return self._values.get(self._variable(key), default)

    def __len__(self):
        return len(self._values)

    def _several(self):
        if len(self._values) > 1:
            _unsupported("the order of a context's variables")
        return self._values

    def __iter__(self):
        return iter(self._several())

    def keys(self):
        return self._several().keys()

    def values(self):
        return self._several().values()

    def items(self):
        return self._several().items()

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    __hash__ = None


class ContextVar:
    __slots__ = ("_name", "_default")

    def __init__(self, name, /, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError("context variable name must be a str")
        self._name = name
        self._default = default

    name = property(lambda self: self._name)

    def get(self, default=_MISSING, /):
        values = _values_now()
        if self in values:
            return values[self]
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        values = _values_now()
        token = _token(self, _current, values.get(self, _MISSING))
        values[self] = value
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f"expected an instance of Token, got {token!r}")
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        if token._var is not self:
            raise ValueError(f"{token!r} was created by a different ContextVar")
        if token._context is not _current:
            raise ValueError(f"{token!r} was created in a different Context")
        token._used = True
        if token._old is _MISSING:
            del _current._values[self]
        else:
            _current._values[self] = token._old

    def __repr__(self):
        default = "" if self._default is _MISSING else f" default={self._default!r}"
        return f"<ContextVar name={self._name!r}{default} at 0x{_address(self):x}>"

    def __class_getitem__(cls, item):
        return _GenericAlias(cls, item)


class Token:
    __slots__ = ("_var", "_context", "_old", "_used")
    MISSING = _MISSING

    def __init__(self):
        raise RuntimeError("Tokens can only be created by ContextVars")

    var = property(lambda self: self._var)
    old_value = property(lambda self: self._old)
    __hash__ = None

    def __repr__(self):
        return f"<Token{' used' if self._used else ''} var={self._var!r} at 0x{_address(self):x}>"

    def __class_getitem__(cls, item):
        return _GenericAlias(cls, item)


def _token(variable, context, old):
    token = object.__new__(Token)
    token._var, token._context, token._old, token._used = variable, context, old, False
    return token


def copy_context():
    return _current.copy()


_current = Context()
for _class in (Context, ContextVar, Token):
    _class.__module__ = "_contextvars"
    _title(_class, "_contextvars." + _class.__name__)
del _class
