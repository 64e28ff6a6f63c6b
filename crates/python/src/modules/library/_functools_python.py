__name__ = "functools"

from functools import WRAPPER_ASSIGNMENTS, WRAPPER_UPDATES, partial
from _tracer import unsupported


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def total_ordering(cls):
    given = {name for name in _ORDERINGS if getattr(cls, name, None) is not getattr(object, name, None)}
    if not given:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(given)
    for name, method in _ORDERINGS[root].items():
        if name not in given:
            method.__name__ = name
            setattr(cls, name, method)
    return cls


def _via(root, answer):
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        return answer(result, self, other)
    return method


_ORDERINGS = {
    "__lt__": {
        "__gt__": _via("__lt__", lambda less, a, b: not less and a != b),
        "__le__": _via("__lt__", lambda less, a, b: less or a == b),
        "__ge__": _via("__lt__", lambda less, a, b: not less),
    },
    "__le__": {
        "__ge__": _via("__le__", lambda most, a, b: not most or a == b),
        "__lt__": _via("__le__", lambda most, a, b: most and a != b),
        "__gt__": _via("__le__", lambda most, a, b: not most),
    },
    "__gt__": {
        "__lt__": _via("__gt__", lambda more, a, b: not (more or a == b)),
        "__ge__": _via("__gt__", lambda more, a, b: more or a == b),
        "__le__": _via("__gt__", lambda more, a, b: not more),
    },
    "__ge__": {
        "__le__": _via("__ge__", lambda least, a, b: not least or a == b),
        "__gt__": _via("__ge__", lambda least, a, b: least and a != b),
        "__lt__": _via("__ge__", lambda least, a, b: not least),
    },
}


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError(f"Cannot assign the same cached_property to two different names ({self.attrname!r} and "
                            f"{name!r}).")
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {self.attrname!r} property."
            ) from None
        if self.attrname in cache:
            return cache[self.attrname]
        value = self.func(instance)
        try:
            cache[self.attrname] = value
        except TypeError:
            raise TypeError(
                f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                f"item assignment for caching {self.attrname!r} property."
            ) from None
        return value


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        if isinstance(func, partialmethod):
            func, args, keywords = func.func, func.args + args, {**func.keywords, **keywords}
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        kind = type(self)
        positional = ", ".join(map(repr, self.args))
        named = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{kind.__module__}.{kind.__qualname__}({self.func}, {positional}, {named})"

    def __get__(self, instance, owner=None):
        bind = getattr(self.func, "__get__", None)
        bound = self.func if bind is None else bind(instance, owner)
        if bound is not self.func:
            return partial(bound, *self.args, **self.keywords)

        # A function of the class, or a callable that binds nothing: what it is called with comes first.
        def _method(first, /, *args, **keywords):
            return self.func(first, *self.args, *args, **{**self.keywords, **keywords})

        _method._partialmethod = self
        return _method.__get__(instance, owner)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


def _find(registry, abstract, cls):
    order = cls.__mro__
    virtual = [kind for kind in abstract if kind not in order and issubclass(cls, kind)]
    for at, base in enumerate(order):
        if base in registry:
            return registry[base]
        if not virtual:
            continue
        # Abstract classes stand behind the class that brings them in.
        brought = [kind for kind in virtual
                   if issubclass(base, kind) and not any(issubclass(parent, kind) for parent in base.__bases__)]
        if not brought:
            continue
        first = [kind for kind in brought if not any(other is not kind and issubclass(other, kind) for other in brought)]
        if len(first) > 1:
            unsupported("an ambiguous single dispatch")
        for parent in order[at + 1:-1]:
            # The class's own abstract bases come before those, unless they derive from them.
            if parent in registry and hasattr(parent, "__abstractmethods__"):
                return registry[first[0] if issubclass(first[0], parent) else parent]
        return registry[first[0]]
    return None


def _members(kind):
    """The classes of a union, or None of what is none."""
    members = getattr(kind, "__args__", ())
    union = type(kind).__name__ in ("UnionType", "_UnionGenericAlias")
    return members if union and members and all(isinstance(member, type) for member in members) else None


def singledispatch(func):
    registry = {object: func}
    # Those to which a class may belong without deriving from them.
    abstract = []
    name = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        return _find(registry, abstract, cls)

    def register(cls, func=None):
        if isinstance(cls, type) or _members(cls):
            if func is None:
                return lambda function: register(cls, function)
        else:
            if func is not None:
                raise TypeError(f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. "
                    "Use either `@register(some_class)` or plain `@register` on an annotated function."
                )
            func = cls
            cls = next(iter(annotations.values()))
            if not isinstance(cls, type) and not _members(cls):
                unsupported("singledispatch on this annotation")
        for kind in _members(cls) or (cls,):
            registry[kind] = func
            if type(kind) is not type and kind not in abstract:
                abstract.append(kind)
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = type(object.__dict__)(registry)
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


for _class in (cached_property, partialmethod, singledispatchmethod):
    _class.__module__ = "functools"
