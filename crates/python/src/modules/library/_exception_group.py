"""Exception groups (PEP 654), and what `except*` does with them."""

from _tracer import unsupported


class BaseExceptionGroup(BaseException):
    def __new__(cls, *args):
        if len(args) != 2:
            raise TypeError(f"BaseExceptionGroup.__new__() takes exactly 2 arguments ({len(args)} given)")
        message, exceptions = args
        if not isinstance(message, str):
            raise TypeError(f"BaseExceptionGroup.__new__() argument 1 must be str, not {'None' if message is None else type(message).__name__}")
        if not isinstance(exceptions, (list, tuple)):
            if not hasattr(exceptions, "__getitem__") or isinstance(exceptions, (dict, set)):
                raise TypeError("second argument (exceptions) must be a sequence")
            unsupported("an exception group of this sequence")
        if not exceptions:
            raise ValueError("second argument (exceptions) must be a non-empty sequence")
        plain = True
        for number, exception in enumerate(exceptions):
            if not isinstance(exception, BaseException):
                raise ValueError(f"Item {number} of second argument (exceptions) is not an exception")
            plain = plain and isinstance(exception, Exception)
        if cls is BaseExceptionGroup:
            if plain:
                cls = ExceptionGroup
        elif not plain:
            if cls is ExceptionGroup:
                raise TypeError("Cannot nest BaseExceptions in an ExceptionGroup")
            if issubclass(cls, Exception):
                raise TypeError(f"Cannot nest BaseExceptions in '{cls.__name__}'")
        self = BaseException.__new__(cls, message, exceptions)
        _held[self] = message, tuple(exceptions)
        return self

    def __init__(self, *args):
        pass

    @property
    def message(self):
        return _held[self][0]

    @property
    def exceptions(self):
        return _held[self][1]

    def __str__(self):
        count = len(self.exceptions)
        return f"{self.message} ({count} sub-exception{'' if count == 1 else 's'})"

    def derive(self, excs, /):
        return BaseExceptionGroup(self.message, excs)

    def subgroup(self, condition, /):
        return _split(self, _matcher(condition))[0]

    def split(self, condition, /):
        return _split(self, _matcher(condition))

    def __class_getitem__(cls, item):
        return _alias(cls, item)


class ExceptionGroup(BaseExceptionGroup, Exception):
    pass


def _alias(cls, item):
    unsupported("generic exception groups")


class _Identities:
    """Values by the identity of the exception they belong to."""

    def __init__(self):
        self._values = {}

    def __setitem__(self, key, value):
        self._values[id(key)] = key, value

    def __getitem__(self, key):
        return self._values[id(key)][1]

    def __contains__(self, key):
        return id(key) in self._values


# The message and exceptions of each group, and the groups that are parts of others.
_held = _Identities()
_parts = _Identities()


def _matcher(condition):
    kinds = condition if isinstance(condition, tuple) else (condition,)
    if kinds and all(isinstance(kind, type) and issubclass(kind, BaseException) for kind in kinds):
        return lambda exception: isinstance(exception, condition)
    if not isinstance(condition, (type, tuple)) and callable(condition):
        return condition
    raise TypeError("expected a function, exception type or tuple of exception types")


def _derived(group, exceptions):
    if not exceptions:
        return None
    part = group.derive(exceptions)
    if not isinstance(part, BaseExceptionGroup):
        raise TypeError("derive must return an instance of BaseExceptionGroup")
    part.__traceback__ = group.__traceback__
    part.__context__ = group.__context__
    suppress = group.__suppress_context__
    part.__cause__ = group.__cause__
    part.__suppress_context__ = suppress
    if hasattr(group, "__notes__"):
        part.__notes__ = list(group.__notes__)
    _parts[part] = True
    return part


def _split(group, matches):
    if matches(group):
        return group, None
    matching, rest = [], []
    for exception in group.exceptions:
        if isinstance(exception, BaseExceptionGroup):
            some, others = _split(exception, matches)
            if some is not None:
                matching.append(some)
            if others is not None:
                rest.append(others)
        elif matches(exception):
            matching.append(exception)
        else:
            rest.append(exception)
    return _derived(group, matching), _derived(group, rest)


def _check_match(exception, kind):
    """What `except* kind` leaves of an exception, and what it takes."""
    for one in kind if isinstance(kind, tuple) else (kind,):
        if not (isinstance(one, type) and issubclass(one, BaseException)):
            raise TypeError("catching classes that do not inherit from BaseException is not allowed")
        if issubclass(one, BaseExceptionGroup):
            raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
    if exception is None:
        return None, None
    if isinstance(exception, kind):
        if isinstance(exception, BaseExceptionGroup):
            return None, exception
        wrapped = BaseExceptionGroup("", (exception,))
        wrapped.__traceback__ = exception.__traceback__
        return None, wrapped
    if isinstance(exception, BaseExceptionGroup):
        taken, left = exception.split(kind)
        return left, taken
    return exception, None


def _leaves(group):
    """The numbers of the exceptions in a group and in its groups."""
    found = set()
    for exception in group.exceptions:
        found.update(_leaves(exception) if isinstance(exception, BaseExceptionGroup) else (id(exception),))
    return found


def _projected(group, leaves):
    """What is left of a group of only these exceptions."""
    kept = []
    for exception in group.exceptions:
        if isinstance(exception, BaseExceptionGroup):
            exception = _projected(exception, leaves)
            if exception is not None:
                kept.append(exception)
        elif id(exception) in leaves:
            kept.append(exception)
    return _derived(group, kept)


def _raise_again(original, raised):
    """What leaves a statement with `except*`: what its handlers raised, and the rest that none of them took, which comes last."""
    rest = raised[-1]
    raised = [exception for exception in raised if exception is not None]
    if not isinstance(original, BaseExceptionGroup):
        return raised[0] if raised else None
    fresh = []
    for exception in raised:
        if exception is rest:
            continue
        if exception is original or exception in _parts:
            unsupported("an exception group that a handler of except* raises again")
        fresh.append(exception)
    if rest is not None:
        fresh.append(_projected(original, _leaves(rest)))
    if not fresh:
        return None
    return fresh[0] if len(fresh) == 1 else BaseExceptionGroup("", fresh)


for _class in (BaseExceptionGroup, ExceptionGroup):
    _class.__module__ = "builtins"
