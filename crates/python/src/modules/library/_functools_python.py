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
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

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
        cache[self.attrname] = value
        return value


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        kind = type(self)
        positional = ", ".join(map(repr, self.args))
        named = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{kind.__module__}.{kind.__qualname__}({self.func}, {positional}, {named})"

    def __get__(self, instance, owner=None):
        bound = self.func.__get__(instance, owner)
        return partial(bound, *self.args, **self.keywords)


def _find(registry, cls):
    for base in cls.__mro__:
        if base in registry:
            return registry[base]
    return None


def singledispatch(func):
    registry = {object: func}
    name = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        return _find(registry, cls)

    def register(cls, func=None):
        if isinstance(cls, type):
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
            if not isinstance(cls, type):
                unsupported("singledispatch on this annotation")
        registry[cls] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method


for _class in (cached_property, partialmethod, singledispatchmethod):
    _class.__module__ = "functools"
