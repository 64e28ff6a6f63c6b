"""Signatures of callables, as `inspect` shows and binds them."""

import functools as _functools
import types as _types
from collections import OrderedDict as _OrderedDict
from enum import IntEnum as _IntEnum
from keyword import iskeyword as _iskeyword
from operator import attrgetter as _attribute

from _tracer import unsupported as _unsupported

__name__ = "inspect"


class _empty:
    """Stands for what is absent."""


class _ParameterKind(_IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    @property
    def description(self):
        return _DESCRIPTIONS[self]

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind
_DESCRIPTIONS = ("positional-only", "positional or keyword", "variadic positional", "keyword-only", "variadic keyword")
_unchanged = object()


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing":
        import re
        return re.sub(r"[\w.]+", lambda found: found.group().removeprefix("typing."), repr(annotation))
    if isinstance(annotation, _types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


class Parameter:
    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if _iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    name, kind = property(_attribute("_name")), property(_attribute("_kind"))
    default, annotation = property(_attribute("_default")), property(_attribute("_annotation"))

    def replace(self, *, name=_unchanged, kind=_unchanged, annotation=_unchanged, default=_unchanged):
        return type(self)(self._name if name is _unchanged else name, self._kind if kind is _unchanged else kind,
                          default=self._default if default is _unchanged else default,
                          annotation=self._annotation if annotation is _unchanged else annotation)

    def __str__(self):
        text = self._name
        equals = "="
        if self._annotation is not _empty:
            text += f": {formatannotation(self._annotation)}"
            equals = " = "
        if self._default is not _empty:
            text += equals + repr(self._default)
        stars = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}
        return stars.get(self._kind, "") + text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if isinstance(other, Parameter):
            return self is other or (self._name == other._name and self._kind == other._kind
                                     and self._default == other._default and self._annotation == other._annotation)
        return NotImplemented


class BoundArguments:
    __slots__ = ("arguments", "_signature")

    def __init__(self, signature, arguments):
        self.arguments, self._signature = arguments, signature

    signature = property(_attribute("_signature"))

    def _split(self):
        """What is passed by position, and what by name: everything from the first parameter on that is left out."""
        positional, named = [], {}
        by_name = False
        for name, parameter in self._signature.parameters.items():
            kind = parameter.kind
            if kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                by_name = True
            elif name not in self.arguments:
                by_name = True
                continue
            if name not in self.arguments:
                continue
            value = self.arguments[name]
            if not by_name:
                if kind == _VAR_POSITIONAL:
                    positional.extend(value)
                else:
                    positional.append(value)
            elif kind == _VAR_KEYWORD:
                named.update(value)
            else:
                named[name] = value
        return tuple(positional), named

    @property
    def args(self):
        return self._split()[0]

    @property
    def kwargs(self):
        return self._split()[1]

    def apply_defaults(self):
        complete = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif parameter.default is not _empty:
                complete[name] = parameter.default
            elif parameter.kind is _VAR_POSITIONAL:
                complete[name] = ()
            elif parameter.kind is _VAR_KEYWORD:
                complete[name] = {}
        self.arguments = complete

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        shown = ", ".join([f"{name}={value!r}" for name, value in self.arguments.items()])
        return f"<{self.__class__.__name__} ({shown})>"


class Signature:
    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found = _OrderedDict()
        highest, seen_default = _POSITIONAL_ONLY, False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if __validate_parameters__:
                if kind < highest:
                    raise ValueError(f"wrong parameter order: {highest.description} parameter before "
                                     f"{kind.description} parameter")
                highest = kind
                if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                    if parameter.default is not _empty:
                        seen_default = True
                    elif seen_default:
                        raise ValueError("non-default argument follows default argument")
                if name in found:
                    raise ValueError(f"duplicate parameter name: {name!r}")
            found[name] = parameter
        self._parameters = _types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        if eval_str:
            _unsupported("inspect.signature with eval_str")
        return _Search(cls, follow_wrapped).of(obj)

    parameters = property(_attribute("_parameters"))
    return_annotation = property(_attribute("_return_annotation"))

    def replace(self, *, parameters=_unchanged, return_annotation=_unchanged):
        if parameters is _unchanged:
            parameters = self.parameters.values()
        if return_annotation is _unchanged:
            return_annotation = self._return_annotation
        return type(self)(parameters, return_annotation=return_annotation)

    def _parts(self):
        """What decides equality: the order of keyword-only parameters does not."""
        parameters = self.parameters.values()
        return (tuple([parameter for parameter in parameters if parameter.kind != _KEYWORD_ONLY]),
                {parameter.name: parameter for parameter in parameters if parameter.kind == _KEYWORD_ONLY},
                self.return_annotation)

    def __hash__(self):
        ordered, named, returned = self._parts()
        return hash((ordered, frozenset(named.values()), returned))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._parts() == other._parts()

    def _bind(self, args, kwargs, partial):
        arguments = {}
        left = list(self.parameters.values())
        for place, value in enumerate(args):
            if not left or left[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments")
            parameter = left.pop(0)
            if parameter.kind == _VAR_POSITIONAL:
                arguments[parameter.name] = tuple(args[place:])
                break
            if parameter.name in kwargs and parameter.kind != _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {parameter.name!r}")
            arguments[parameter.name] = value
        rest = None
        for parameter in left:
            name, kind = parameter.name, parameter.kind
            if kind == _VAR_KEYWORD:
                rest = name
            elif kind == _VAR_POSITIONAL:
                continue
            elif name in kwargs:
                if kind == _POSITIONAL_ONLY:
                    raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
                arguments[name] = kwargs.pop(name)
            elif not partial and parameter.default is _empty:
                raise TypeError(f"missing a required argument: {name!r}")
        if kwargs:
            if rest is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[rest] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __str__(self):
        shown = []
        slash, star = False, True
        for parameter in self.parameters.values():
            kind = parameter.kind
            if kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                shown.append("/")
                slash = False
            if kind == _VAR_POSITIONAL:
                star = False
            elif kind == _KEYWORD_ONLY and star:
                shown.append("*")
                star = False
            shown.append(str(parameter))
        if slash:
            shown.append("/")
        text = f"({', '.join(shown)})"
        if self.return_annotation is not _empty:
            text += f" -> {formatannotation(self.return_annotation)}"
        return text


def unwrap(func, *, stop=None):
    first = func
    seen = {id(func): func}
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


def is_of_program(function):
    """Whether a function is the program's, or was compiled for a data class of its."""
    return getattr(function, "__module__", None) in ("__main__", "_dataclass_methods") and hasattr(function, "__code__")


class _Search:
    """Finds the signature of a callable."""

    def __init__(self, cls, follow):
        self.cls, self.follow = cls, follow

    def of(self, obj):
        if not callable(obj):
            raise TypeError(f"{obj!r} is not a callable object")
        if isinstance(obj, _types.MethodType):
            return self._bound(self.of(obj.__func__))
        if self.follow:
            obj = unwrap(obj, stop=lambda part: hasattr(part, "__signature__") or isinstance(part, _types.MethodType))
            if isinstance(obj, _types.MethodType):
                return self.of(obj)
        given = getattr(obj, "__signature__", None)
        if given is not None:
            if not isinstance(given, Signature):
                raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
            return given
        if isinstance(obj, _types.FunctionType):
            return self._of_function(obj)
        if isinstance(obj, _functools.partial):
            return self._partial(self.of(obj.func), obj)
        if isinstance(obj, type):
            return self._of_class(obj)
        call = _of_program_in(type(obj), "__call__")
        if call is None:
            _unsupported("inspect.signature of this")
        return self._bound(self.of(call))

    def _of_class(self, kind):
        if _of_program_in(type(kind), "__call__") is not None:
            return self._bound(self.of(type(kind).__call__))
        if type(kind) is not type and type(kind).__module__ not in ("__main__", "abc"):
            _unsupported("inspect.signature of this class")
        for base in kind.__mro__:
            if base is object:
                break
            for name in ("__new__", "__init__"):
                if name in base.__dict__:
                    method = getattr(kind, name)
                    if not isinstance(method, _types.FunctionType):
                        _unsupported("inspect.signature of this class")
                    return self._bound(self.of(method))
            if base.__module__ not in ("__main__", "abc") or base.__dict__.get("__text_signature__"):
                _unsupported("inspect.signature of this class")
        return self.cls([])

    def _of_function(self, function):
        if not is_of_program(function):
            _unsupported("inspect.signature of this function")
        code = function.__code__
        count, named_count = code.co_argcount, code.co_kwonlyargcount
        names = list(code.co_varnames)
        annotations = getattr(function, "__annotations__", None) or {}
        defaults, named_defaults = function.__defaults__ or (), function.__kwdefaults__ or {}
        parameters = []

        def add(name, kind, default=_empty):
            parameters.append(self.cls._parameter_cls(name, kind, default=default,
                                                      annotation=annotations.get(name, _empty)))

        for place, name in enumerate(names[:count]):
            kind = _POSITIONAL_ONLY if place < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
            place -= count - len(defaults)
            add(name, kind, defaults[place] if place >= 0 else _empty)
        stars = names[count + named_count:]
        if code.co_flags & 4:
            add(stars.pop(0), _VAR_POSITIONAL)
        for name in names[count:count + named_count]:
            add(name, _KEYWORD_ONLY, named_defaults.get(name, _empty))
        if code.co_flags & 8:
            add(stars[0], _VAR_KEYWORD)
        return self.cls(parameters, return_annotation=annotations.get("return", _empty), __validate_parameters__=False)

    def _bound(self, signature):
        parameters = tuple(signature.parameters.values())
        if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
            raise ValueError("invalid method signature")
        if parameters[0].kind is not _VAR_POSITIONAL:
            parameters = parameters[1:]
        return signature.replace(parameters=parameters)

    def _partial(self, signature, partial):
        """Without what a partial fixes by position; what follows a name that it fixes goes by name only."""
        try:
            bound = signature.bind_partial(*partial.args, **partial.keywords)
        except TypeError as error:
            raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
        kept, named = [], []
        only_named = False
        for name, parameter in signature.parameters.items():
            kind = parameter.kind
            if name in bound.arguments:
                value = bound.arguments[name]
                if kind is _POSITIONAL_ONLY:
                    continue
                if kind is _POSITIONAL_OR_KEYWORD:
                    if name not in partial.keywords:
                        continue
                    only_named = True
                    parameter = parameter.replace(default=value)
                elif kind is _KEYWORD_ONLY:
                    parameter = parameter.replace(default=value)
            if not only_named:
                kept.append(parameter)
            elif kind is _POSITIONAL_OR_KEYWORD:
                named.append(parameter.replace(kind=_KEYWORD_ONLY))
            elif kind is not _VAR_POSITIONAL:
                named.append(parameter)
        return signature.replace(parameters=kept + named)


def _of_program_in(kind, name):
    """A method that is written in Python, or None."""
    method = getattr(kind, name, None)
    return method if isinstance(method, _types.FunctionType) else None


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals,
                                   eval_str=eval_str)
