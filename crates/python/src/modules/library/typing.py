"""Annotations as values: special forms, aliases of containers, type variables, generic classes."""

import abc as _abc_module
import collections as _collections
import collections.abc as _abc
import contextlib as _contextlib
import re as _re
import sys as _sys
import types as _types

from _tracer import unsupported as _unsupported
from _typing_parameters import (
    ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeVar, TypeVarTuple,
    is_variable as _is_variable, matched as _matched, replaced as _replaced, spread as _spread,
    stands_for_parameters as _stands_for_parameters, variables as _variables,
)

__all__ = ["Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal",
           "Optional", "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet",
           "ByteString", "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator",
           "KeysView", "Mapping", "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence",
           "Sized", "ValuesView", "Awaitable", "AsyncIterator", "AsyncIterable", "Coroutine", "Collection",
           "AsyncGenerator", "AsyncContextManager", "Reversible", "SupportsAbs", "SupportsBytes",
           "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "ChainMap",
           "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet", "NamedTuple",
           "TypedDict", "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr", "assert_type",
           "assert_never", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin",
           "get_overloads", "get_type_hints", "is_typeddict", "LiteralString", "Never", "NewType", "no_type_check",
           "no_type_check_decorator", "NoReturn", "NotRequired", "overload", "ParamSpecArgs", "ParamSpecKwargs",
           "Required", "reveal_type", "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias",
           "TypeGuard", "Unpack"]

TYPE_CHECKING = False


def _shown(obj):
    if isinstance(obj, _types.GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        if obj.__module__ == "builtins":
            return obj.__qualname__
        return f"{obj.__module__}.{obj.__qualname__}"
    if obj is ...:
        return "..."
    if isinstance(obj, _types.FunctionType):
        return obj.__name__
    return repr(obj)


def _converted(arg):
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    return arg


def _check(arg, message, takes_class_variables=False):
    arg = _converted(arg)
    if takes_class_variables and (arg in (ClassVar, Final) or getattr(arg, "__origin__", None) in (ClassVar, Final)):
        return arg
    if isinstance(arg, _GenericAlias) and arg.__origin__ in (Generic, Protocol, ClassVar, Final):
        raise TypeError(f"{arg} is not valid as type argument")
    if type(arg) in (_SpecialForm, _LiteralSpecialForm):
        plain = arg not in (LiteralString, NoReturn, Never, Self, TypeAlias)
    else:
        plain = arg in (Generic, Protocol)
    if plain:
        raise TypeError(f"Plain {arg} is not valid as type argument")
    if type(arg) is tuple:
        raise TypeError(f"{message} Got {arg!r:.100}.")
    return arg


def _unique(items):
    found = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


class ForwardRef:
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__forward_arg__ = arg

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return f"ForwardRef({self.__forward_arg__!r})"


# What List[int] and the like gave: the same object is given again, as CPython does.
_made = {}


def _remembered(form, parameters, subscript):
    try:
        found = _made.get((form._name, parameters))
    except TypeError:
        return subscript(parameters)
    if found is None:
        found = subscript(parameters)
        if len(_made) < 128:
            _made[form._name, parameters] = found
    return found


class _SpecialForm:
    def __init__(self, name, subscript=None):
        self._name = name
        self.__name__ = self.__qualname__ = name
        self._subscript = subscript

    def __repr__(self):
        return "typing." + self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __getitem__(self, parameters):
        if self._subscript is None:
            raise TypeError(f"{self} is not subscriptable")
        if self._name not in ("Optional", "Union"):
            return self._subscript(parameters)
        return _remembered(self, parameters, self._subscript)


class _LiteralSpecialForm(_SpecialForm):
    pass


class _AnyForm(_SpecialForm):
    def __call__(self, *args, **kwds):
        raise TypeError("Any cannot be instantiated")


Any = _AnyForm("Any")
NoReturn = _SpecialForm("NoReturn")
Never = _SpecialForm("Never")
Self = _SpecialForm("Self")
LiteralString = _SpecialForm("LiteralString")
TypeAlias = _SpecialForm("TypeAlias")


class _GenericAlias:
    """A subscripted form."""

    _kind = None

    def __init__(self, origin, args, name):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _variables(args)
        self._name = name
        self.__module__ = "typing"

    def __eq__(self, other):
        if self._kind == "union" and isinstance(other, _types.UnionType):
            return set(self.__args__) == set(other.__args__)
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        if self._kind != other._kind or self.__origin__ != other.__origin__:
            return False
        if self._kind == "union":
            return set(self.__args__) == set(other.__args__)
        return self.__args__ == other.__args__

    def __hash__(self):
        if self._kind == "union":
            return hash(frozenset(self.__args__))
        return hash((self.__origin__, self.__args__))

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]

    def __repr__(self):
        args = self.__args__
        if self._kind == "union":
            if len(args) == 2 and type(None) in args:
                return f"typing.Optional[{_shown(args[1] if args[0] is type(None) else args[0])}]"
        if self._kind == "callable":
            if self._has_open_parameters():
                return f"typing.Callable[{_shown(args[0])}, {_shown(args[1])}]"
            inside = ", ".join([_shown(arg) for arg in args[:-1]])
            return f"typing.Callable[[{inside}], {_shown(args[-1])}]"
        if self._kind == "literal":
            return f"typing.Literal[{', '.join([repr(arg) for arg in args])}]"
        if self._kind == "annotated":
            inside = ", ".join([repr(item) for item in self.__metadata__])
            return f"typing.Annotated[{_shown(self.__origin__)}, {inside}]"
        if self._kind == "unpack":
            return f"*{args[0]!r}"
        name = f"typing.{self._name}" if self._name else _shown(self.__origin__)
        inside = ", ".join([_shown(arg) for arg in args]) if args else "()"
        return f"{name}[{inside}]"

    def _has_open_parameters(self):
        """Whether a callable's parameters are not a list."""
        return len(self.__args__) == 2 and _stands_for_parameters(self.__args__[0])

    def __getitem__(self, parameters):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        mapping = _matched(self, self.__parameters__, tuple(_converted(parameter) for parameter in parameters))
        args = tuple(_replaced(self.__args__, mapping, self._kind == "callable"))
        if self._kind == "union":
            return Union[args]
        if self._kind == "concatenate":
            last = args[-1]
            if isinstance(last, tuple):
                return args[:-1] + last
            if isinstance(last, _ConcatenateGenericAlias):
                args = args[:-1] + last.__args__
        return type(self)(self.__origin__, args, self._name)

    def __call__(self, *args, **kwargs):
        if not isinstance(self.__origin__, type) or self._kind in ("union", "literal", "annotated"):
            raise TypeError(f"Cannot instantiate {self!r}")
        if self._name:
            raise TypeError(f"Type {self._name} cannot be instantiated; "
                            f"use {self.__origin__.__name__}() instead")
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except AttributeError:
            pass
        return result

    def __mro_entries__(self, bases):
        if self._kind in ("union", "literal", "annotated"):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            result = []
            if self.__origin__ not in bases:
                result.append(self.__origin__)
            later = bases[bases.index(self) + 1:]
            if not any(isinstance(base, _GenericAlias) or isinstance(base, type) and issubclass(base, Generic)
                       for base in later):
                result.append(Generic)
            return tuple(result)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            later = bases[bases.index(self) + 1:]
            for base in later:
                if isinstance(base, _GenericAlias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __getattr__(self, name):
        if "__origin__" in self.__dict__ and not (name.startswith("__") and name.endswith("__")):
            return getattr(self.__dict__["__origin__"], name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __instancecheck__(self, obj):
        if self._kind == "union":
            return isinstance(obj, self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        if self._kind == "union":
            return issubclass(cls, self.__args__)
        raise TypeError("Subscripted generics cannot be used with class and instance checks")


class _UnionGenericAlias(_GenericAlias):
    _kind = "union"


class _LiteralGenericAlias(_GenericAlias):
    _kind = "literal"

    def _values(self):
        return frozenset((type(value), value) for value in self.__args__)

    def __eq__(self, other):
        return self._values() == other._values() if isinstance(other, _LiteralGenericAlias) else NotImplemented

    def __hash__(self):
        return hash(self._values())


class _CallableGenericAlias(_GenericAlias):
    _kind = "callable"


class _AnnotatedAlias(_GenericAlias):
    _kind = "annotated"


class _ConcatenateGenericAlias(_GenericAlias):
    _kind = "concatenate"


class _UnpackGenericAlias(_GenericAlias):
    _kind = "unpack"


def _union(parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for parameter in parameters:
        parameter = _check(parameter, "Union[arg, ...]: each arg must be a type.")
        if isinstance(parameter, _GenericAlias) and parameter._kind == "union" or isinstance(parameter, _types.UnionType):
            flat.extend(parameter.__args__)
        else:
            flat.append(parameter)
    flat = _unique(flat)
    if len(flat) == 1:
        return flat[0]
    return _UnionGenericAlias(Union, tuple(flat), "Union")


def _optional(parameter):
    return Union[_check(parameter, "typing.Optional requires a single type."), type(None)]


def _literal(parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    flat = []
    for parameter in parameters:
        if isinstance(parameter, _GenericAlias) and parameter._kind == "literal":
            flat.extend(parameter.__args__)
        else:
            flat.append(parameter)
    kept = []
    for value in flat:
        if not any(type(value) is type(other) and value == other for other in kept):
            kept.append(value)
    return _LiteralGenericAlias(Literal, tuple(kept), "Literal")


def _concatenate(parameters):
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    *types, last = parameters
    if not (last is ... or isinstance(last, ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    args = (*[_check(parameter, message) for parameter in types], last)
    return _ConcatenateGenericAlias(Concatenate, args, "Concatenate")


def _unpack(parameter):
    parameter = _check(parameter, "typing.Unpack accepts only single type.")
    return _UnpackGenericAlias(Unpack, (parameter,), "Unpack")


def _single(name):
    def subscript(parameter):
        form = globals()[name]
        return _GenericAlias(form, (_check(parameter, f"typing.{name} accepts only single type."),), name)

    return subscript


Union = _SpecialForm("Union", _union)
Optional = _SpecialForm("Optional", _optional)
Literal = _LiteralSpecialForm("Literal", _literal)
ClassVar = _SpecialForm("ClassVar", _single("ClassVar"))
Final = _SpecialForm("Final", _single("Final"))
Required = _SpecialForm("Required", _single("Required"))
NotRequired = _SpecialForm("NotRequired", _single("NotRequired"))
TypeGuard = _SpecialForm("TypeGuard", _single("TypeGuard"))
Concatenate = _SpecialForm("Concatenate", _concatenate)
Unpack = _SpecialForm("Unpack", _unpack)


class Annotated:
    def __new__(cls, *args, **kwargs):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple) or len(parameters) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
        origin = _check(parameters[0], "Annotated[t, ...]: t must be a type.", takes_class_variables=True)
        metadata = tuple(parameters[1:])
        if isinstance(origin, _GenericAlias) and origin._kind == "annotated":
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        alias = _AnnotatedAlias(origin, (origin,), "Annotated")
        alias.__metadata__ = metadata
        return alias


class _SpecialGenericAlias(_SpecialForm):
    """An alias of a container class, such as List: subscripted, instantiable never, a base class as the container."""

    def __init__(self, name, origin, count):
        super().__init__(name)
        self.__origin__ = origin
        self._count = count
        self.__module__ = "typing"

    def __getitem__(self, parameters):
        return _remembered(self, parameters, self._subscripted)

    def _subscripted(self, parameters):
        if self._count == 0:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        parameters = tuple(_check(parameter, "Parameters to generic types must be types.") for parameter in parameters)
        if len(parameters) != self._count:
            many = "many" if len(parameters) > self._count else "few"
            raise TypeError(f"Too {many} arguments for {self}; actual {len(parameters)}, expected {self._count}")
        return _GenericAlias(self.__origin__, parameters, self._name)

    def __call__(self, *args, **kwargs):
        raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")

    def __mro_entries__(self, bases):
        result = []
        if self.__origin__ not in bases:
            result.append(self.__origin__)
        later = bases[bases.index(self) + 1:]
        if not any(isinstance(base, (_GenericAlias, _SpecialGenericAlias)) or isinstance(base, type) and issubclass(base, Generic)
                   for base in later):
            result.append(Generic)
        return tuple(result)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        return issubclass(cls, self.__origin__)


class _TupleType(_SpecialGenericAlias):
    def _subscripted(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        if parameters == ((),) or parameters == ():
            return _GenericAlias(tuple, (), "Tuple")
        if len(parameters) == 2 and parameters[1] is ...:
            first = _check(parameters[0], "Tuple[t, ...]: t must be a type.")
            return _GenericAlias(tuple, (first, ...), "Tuple")
        message = "Tuple[t0, t1, ...]: each t must be a type."
        return _GenericAlias(tuple, tuple(_check(parameter, message) for parameter in parameters), "Tuple")


class _CallableType(_SpecialGenericAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = parameters
        if isinstance(args, list):
            return _remembered(self, (tuple(args), result), self._subscripted)
        return self._subscripted(parameters)

    def _subscripted(self, parameters):
        args, result = parameters
        result = _check(result, "Callable[args, result]: result must be a type.")
        args = tuple(_converted(arg) for arg in (args if isinstance(args, tuple) else (args,)))
        return _CallableGenericAlias(_abc.Callable, args + (result,), "Callable")


List = _SpecialGenericAlias("List", list, 1)
Dict = _SpecialGenericAlias("Dict", dict, 2)
Set = _SpecialGenericAlias("Set", set, 1)
FrozenSet = _SpecialGenericAlias("FrozenSet", frozenset, 1)
Tuple = _TupleType("Tuple", tuple, -1)
Type = _SpecialGenericAlias("Type", type, 1)
Deque = _SpecialGenericAlias("Deque", _collections.deque, 1)
DefaultDict = _SpecialGenericAlias("DefaultDict", _collections.defaultdict, 2)
OrderedDict = _SpecialGenericAlias("OrderedDict", _collections.OrderedDict, 2)
Counter = _SpecialGenericAlias("Counter", _collections.Counter, 1)
ChainMap = _SpecialGenericAlias("ChainMap", _collections.ChainMap, 2)
Callable = _CallableType("Callable", _abc.Callable, 2)
Iterable = _SpecialGenericAlias("Iterable", _abc.Iterable, 1)
Iterator = _SpecialGenericAlias("Iterator", _abc.Iterator, 1)
Reversible = _SpecialGenericAlias("Reversible", _abc.Reversible, 1)
Collection = _SpecialGenericAlias("Collection", _abc.Collection, 1)
Container = _SpecialGenericAlias("Container", _abc.Container, 1)
AbstractSet = _SpecialGenericAlias("AbstractSet", _abc.Set, 1)
MutableSet = _SpecialGenericAlias("MutableSet", _abc.MutableSet, 1)
Mapping = _SpecialGenericAlias("Mapping", _abc.Mapping, 2)
MutableMapping = _SpecialGenericAlias("MutableMapping", _abc.MutableMapping, 2)
Sequence = _SpecialGenericAlias("Sequence", _abc.Sequence, 1)
MutableSequence = _SpecialGenericAlias("MutableSequence", _abc.MutableSequence, 1)
KeysView = _SpecialGenericAlias("KeysView", _abc.KeysView, 1)
ItemsView = _SpecialGenericAlias("ItemsView", _abc.ItemsView, 2)
ValuesView = _SpecialGenericAlias("ValuesView", _abc.ValuesView, 1)
Generator = _SpecialGenericAlias("Generator", _abc.Generator, 3)
Hashable = _SpecialGenericAlias("Hashable", _abc.Hashable, 0)
ByteString = _SpecialGenericAlias("ByteString", _abc.ByteString, 0)
MappingView = _SpecialGenericAlias("MappingView", _abc.MappingView, 1)
Awaitable = _SpecialGenericAlias("Awaitable", _abc.Awaitable, 1)
Coroutine = _SpecialGenericAlias("Coroutine", _abc.Coroutine, 3)
AsyncIterable = _SpecialGenericAlias("AsyncIterable", _abc.AsyncIterable, 1)
AsyncIterator = _SpecialGenericAlias("AsyncIterator", _abc.AsyncIterator, 1)
AsyncGenerator = _SpecialGenericAlias("AsyncGenerator", _abc.AsyncGenerator, 2)
ContextManager = _SpecialGenericAlias("ContextManager", _contextlib.AbstractContextManager, 1)
AsyncContextManager = _SpecialGenericAlias("AsyncContextManager", _contextlib.AbstractAsyncContextManager, 1)
Sized = _SpecialGenericAlias("Sized", _abc.Sized, 0)
Match = _SpecialGenericAlias("Match", _re.Match, 1)
Pattern = _SpecialGenericAlias("Pattern", _re.Pattern, 1)


class Generic:
    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        parameters = tuple(_converted(parameter) for parameter in parameters)
        if cls in (Generic, Protocol):
            if not parameters:
                raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
            if not all(_is_variable(parameter) for parameter in parameters):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables "
                                f"or parameter specification variables.")
            if len(set(parameters)) != len(parameters):
                raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        else:
            expected = getattr(cls, "__parameters__", ())
            if not expected:
                raise TypeError(f"{cls} is not a generic class")
            parameters = _spread(expected, _matched(cls, expected, parameters))
        return _GenericAlias(cls, parameters, None)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        found = ()
        if "__orig_bases__" in cls.__dict__:
            bases = [base for base in cls.__orig_bases__ if isinstance(base, _GenericAlias)]
            found = _variables([arg for base in bases for arg in base.__args__])
            for base in bases:
                if base.__origin__ is Generic:
                    found = base.__parameters__
        cls.__parameters__ = tuple(found)


_NO_MEMBERS = frozenset(("__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol",
                         "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__",
                         "__new__", "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__", "__match_args__",
                         "__qualname__", "__init_subclass__"))


def _protocol_members(cls):
    members = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ("Protocol", "Generic"):
            members.update(base.__dict__, base.__dict__.get("__annotations__", ()))
    return [name for name in members - _NO_MEMBERS if not name.startswith("_abc_")]


def _only_methods(cls):
    return all(callable(getattr(cls, name, None)) for name in _protocol_members(cls))


class _ProtocolMeta(_abc_module.ABCMeta):
    def __instancecheck__(cls, instance):
        protocol = getattr(cls, "_is_protocol", False)
        if protocol and not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if (not protocol or _only_methods(cls)) and issubclass(instance.__class__, cls):
            return True
        if protocol and all(
            hasattr(instance, name) and (not callable(getattr(cls, name, None)) or getattr(instance, name) is not None)
            for name in _protocol_members(cls)
        ):
            return True
        return super().__instancecheck__(instance)


def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    if not getattr(cls, "_is_runtime_protocol", False):
        raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
    if not _only_methods(cls):
        raise TypeError("Protocols with non-method members don't support issubclass()")
    if not isinstance(other, type):
        raise TypeError("issubclass() arg 1 must be a class")
    for name in _protocol_members(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            if name in base.__dict__.get("__annotations__", ()) and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = Protocol in cls.__bases__
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            if not (base in (object, Generic) or base.__module__ == "collections.abc" or getattr(base, "_is_protocol", False)):
                raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        if cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    for base in type(self).__mro__:
        init = base.__dict__.get("__init__", _no_init)
        if init is not _no_init:
            type(self).__init__ = init
            break
    else:
        type(self).__init__ = object.__init__
    type(self).__init__(self, *args, **kwargs)


def runtime_checkable(cls):
    if not (isinstance(cls, type) and issubclass(cls, Generic) and getattr(cls, "_is_protocol", False)):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    return cls


class NewType:
    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name
        self.__supertype__ = tp
        self.__module__ = "__main__"

    def __call__(self, x):
        return x

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


def cast(typ, val):
    return val


def overload(func):
    return _overloaded


def _overloaded(*args, **kwds):
    raise NotImplementedError(
        "You should not call an overloaded function. "
        "A series of @overload-decorated functions "
        "outside a stub module should always be followed "
        "by an implementation that is not @overload-ed.")


def final(f):
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    if isinstance(arg, type):
        _unsupported("typing.no_type_check of a class")
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def assert_type(val, typ, /):
    return val


def assert_never(arg, /):
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def get_origin(tp):
    if isinstance(tp, _GenericAlias):
        return Annotated if tp._kind == "annotated" else tp.__origin__
    if isinstance(tp, (_SpecialGenericAlias, _types.GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, _types.UnionType):
        return _types.UnionType
    return None


def get_args(tp):
    if isinstance(tp, _GenericAlias):
        if tp._kind == "annotated":
            return (tp.__origin__,) + tp.__metadata__
        if tp._kind == "callable" and not tp._has_open_parameters():
            return (list(tp.__args__[:-1]), tp.__args__[-1])
        return tp.__args__
    if isinstance(tp, _types.GenericAlias) and tp.__origin__ is _abc.Callable:
        args = tp.__args__
        return args if len(args) == 2 and _stands_for_parameters(args[0]) else (list(args[:-1]), args[-1])
    if isinstance(tp, (_types.GenericAlias, _types.UnionType)):
        return tp.__args__
    return ()


def _rebuilt(form, change):
    """A form with `change` done to its arguments."""
    args = getattr(form, "__args__", ())
    if not isinstance(form, (_GenericAlias, _types.GenericAlias, _types.UnionType)) or not args:
        return form
    changed = tuple(change(arg) for arg in args)
    if changed == args:
        return form
    if isinstance(form, _types.UnionType):
        union = changed[0]
        for arg in changed[1:]:
            union |= arg
        return union
    if isinstance(form, _types.GenericAlias):
        if form.__origin__ is _abc.Callable:
            _unsupported("typing.get_type_hints of collections.abc.Callable with names in strings")
        return form.__origin__[changed]
    if form._kind == "union":
        return Union[changed]
    if form._kind == "annotated":
        return Annotated[(*changed, *form.__metadata__)]
    return type(form)(form.__origin__, changed, form._name)


def _evaluated(hint, globals, locals, within=()):
    if isinstance(hint, ForwardRef):
        text = hint.__forward_arg__
        if text in within:
            return hint
        within = (*within, text)
        found = eval(text, globals, locals)
        hint = _check(found, "Forward references must evaluate to types.", takes_class_variables=True)
        if isinstance(hint, ForwardRef):
            return _evaluated(hint, globals, locals, within)
    return _rebuilt(hint, lambda arg: _evaluated(arg, globals, locals, within))


def _without_extras(hint):
    if isinstance(hint, _GenericAlias) and (hint._kind == "annotated" or hint.__origin__ in (Required, NotRequired)):
        return _without_extras(hint.__args__[0])
    return _rebuilt(hint, _without_extras)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    if getattr(obj, "__no_type_check__", None):
        return {}
    hints = {}

    def add(annotations, globals, locals):
        for name, value in annotations.items():
            hints[name] = _evaluated(_converted(value), globals, locals)

    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            module = _sys.modules.get(base.__module__)
            globals = getattr(module, "__dict__", {}) if globalns is None else globalns
            locals = dict(vars(base)) if localns is None else localns
            if globalns is None and localns is None:
                # The class's own names stand behind those of its module.
                globals, locals = locals, globals
            add(base.__dict__.get("__annotations__", {}), globals, locals)
    else:
        annotations = getattr(obj, "__annotations__", None)
        if annotations is None:
            if isinstance(obj, (_types.BuiltinFunctionType, _types.MethodWrapperType, _types.WrapperDescriptorType)):
                return {}
            raise TypeError(f"{obj!r} is not a module, class, method, or function.")
        if globalns is None:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            globalns = inner.__dict__ if isinstance(inner, _types.ModuleType) else getattr(inner, "__globals__", {})
        add(annotations, globalns, globalns if localns is None else localns)
    return hints if include_extras else {name: _without_extras(hint) for name, hint in hints.items()}


def NamedTuple(typename, fields=None, /, **kwargs):
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    return _named_tuple(typename, [(name, _converted(tp)) for name, tp in fields], {}, "__main__")


def _named_tuple(name, fields, defaults, module):
    made = _collections.namedtuple(name, [field for field, _ in fields], defaults=list(defaults.values()),
                                   module=module)
    made.__annotations__ = dict(fields)
    return made


class _NamedTupleMeta(type):
    def __new__(cls, typename, bases, namespace):
        for base in bases:
            if base is not _NamedTupleBase and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        fields = [(name, _converted(tp)) for name, tp in namespace.get("__annotations__", {}).items()]
        defaults = {}
        for name, _ in fields:
            if name in namespace:
                defaults[name] = namespace[name]
            elif defaults:
                plural = "s" if len(defaults) > 1 else ""
                raise TypeError(f"Non-default namedtuple field {name} cannot follow default field{plural} "
                                f"{', '.join(defaults)}")
        made = _named_tuple(typename, fields, defaults, namespace["__module__"])
        for key, value in namespace.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults",
                       "_field_types", "_make", "_replace", "_asdict", "_source"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in ("__module__", "__name__", "__annotations__") and key not in made._fields:
                setattr(made, key, value)
        return made


_NamedTupleBase = type.__new__(_NamedTupleMeta, "NamedTuple", (), {})


def _named_tuple_bases(bases):
    return (_NamedTupleBase,)


NamedTuple.__mro_entries__ = _named_tuple_bases


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    return _TypedDictMeta(typename, (), {"__annotations__": dict(fields if fields is not None else kwargs),
                                         "__module__": "__main__"}, total=total)


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        made = type.__new__(_TypedDictMeta, name, (dict,), namespace)
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            required |= base.__dict__.get("__required_keys__", frozenset())
            optional |= base.__dict__.get("__optional_keys__", frozenset())
        own = {key: _converted(tp) for key, tp in namespace.get("__annotations__", {}).items()}
        annotations.update(own)
        (required if total else optional).update(own)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __instancecheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __subclasscheck__ = __instancecheck__
    __call__ = dict


_TypedDictBase = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDictBase,)

AnyStr = TypeVar("AnyStr", bytes, str)
Text = str
T_co = TypeVar("T_co", covariant=True)


@runtime_checkable
class SupportsInt(Protocol):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    __slots__ = ()

    @_abc_module.abstractmethod
    def __round__(self, ndigits=0):
        pass


class IO(Generic[AnyStr]):
    __slots__ = ()


class BinaryIO(IO[bytes]):
    __slots__ = ()


class TextIO(IO[str]):
    __slots__ = ()


def clear_overloads():
    pass


def get_overloads(func):
    _unsupported("typing.get_overloads")


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def no_type_check_decorator(decorator):
    return decorator


def reveal_type(obj, /):
    return obj


def dataclass_transform(**options):
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": options.get("eq_default", True),
            "order_default": options.get("order_default", False),
            "kw_only_default": options.get("kw_only_default", False),
            "field_specifiers": options.get("field_specifiers", ()),
            "kwargs": {},
        }
        return cls_or_fn

    return decorator
