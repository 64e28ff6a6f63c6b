"""What typing's generic forms are generic over: type variables of three kinds, and what subscripts put in their places."""

import typing as _typing

from _tracer import unsupported as _unsupported


class _Named:
    """A variable that has a variance and may have a bound."""

    def __or__(self, right):
        return _typing.Union[self, right]

    def __ror__(self, left):
        return _typing.Union[left, self]

    def __repr__(self):
        mark = "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        return mark + self.__name__

    def _describe(self, name, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__name__ = name
        self.__bound__ = None if bound is None else _typing._check(bound, "Bound must be a type.")
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)


class TypeVar(_Named):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self._describe(name, bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        message = "TypeVar(name, constraint, ...): constraints must be types."
        self.__constraints__ = tuple(_typing._check(constraint, message) for constraint in constraints)


class ParamSpec(_Named):
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self._describe(name, bound, covariant, contravariant)

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class _Part:
    """`P.args` or `P.kwargs`."""

    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if type(other) is type(self) else NotImplemented

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._field}"


class ParamSpecArgs(_Part):
    _field = "args"


class ParamSpecKwargs(_Part):
    _field = "kwargs"


class TypeVarTuple:
    def __init__(self, name):
        self.__name__ = name

    def __iter__(self):
        yield _typing.Unpack[self]

    def __repr__(self):
        return self.__name__


for _class in (TypeVar, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeVarTuple):
    _class.__module__ = "typing"

_KINDS = (TypeVar, ParamSpec, TypeVarTuple)


def stands_for_parameters(arg):
    """Whether a ParamSpec may be replaced by it."""
    return arg is ... or isinstance(arg, (list, tuple, ParamSpec)) or getattr(arg, "_kind", None) == "concatenate"


def is_variable(arg):
    """Whether `Generic[...]` takes it."""
    return isinstance(arg, (TypeVar, ParamSpec)) or getattr(arg, "_kind", None) == "unpack"


def variables(args):
    """The variables of a form's arguments, each once, in the order in which they are met."""
    found = {}
    for arg in args:
        if isinstance(arg, type):
            continue
        if isinstance(arg, _KINDS):
            inner = (arg,)
        elif isinstance(arg, (list, tuple)):
            inner = variables(arg)
        else:
            inner = getattr(arg, "__parameters__", ())
        found.update(dict.fromkeys(inner))
    return tuple(found)


def matched(form, parameters, given):
    """A dict of what stands for each parameter of a form: for a TypeVarTuple all that the others leave."""
    if any(getattr(arg, "_kind", None) == "unpack" and not isinstance(arg.__args__[0], TypeVarTuple) for arg in given):
        _unsupported("typing.Unpack of a tuple")
    if len(parameters) == 1 and isinstance(parameters[0], ParamSpec) and given and not stands_for_parameters(given[0]):
        given = (given,)
    several = [place for place, parameter in enumerate(parameters) if isinstance(parameter, TypeVarTuple)]
    if several:
        if len(several) > 1:
            raise TypeError(f"More than one TypeVarTuple parameter in {form}")
        first, behind = several[0], len(parameters) - several[0] - 1
        if first + behind > len(given):
            raise TypeError(f"Too few arguments for {form}; actual {len(given)}, expected at least {len(parameters) - 1}")
        end = len(given) - behind
        given = (*given[:first], given[first:end], *given[end:])
    if len(given) != len(parameters):
        many = "many" if len(given) > len(parameters) else "few"
        raise TypeError(f"Too {many} arguments for {form}; actual {len(given)}, expected {len(parameters)}")
    return {
        parameter: tuple(value) if isinstance(parameter, ParamSpec) and isinstance(value, list) else value
        for parameter, value in zip(parameters, given)
    }


def _fitting(parameter, value):
    if isinstance(parameter, TypeVar):
        value = _typing._check(value, "Parameters to generic types must be types.")
        if getattr(value, "_kind", None) == "unpack":
            raise TypeError(f"{value} is not valid as type argument")
    elif isinstance(parameter, ParamSpec):
        if isinstance(value, tuple):
            return tuple(_typing._check(part, "Expected a type.") for part in value)
        if not stands_for_parameters(value):
            raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {value}")
    return value


def replaced(args, mapping, of_callable=False):
    """A form's arguments with each variable replaced; a callable's list of parameters becomes its arguments."""
    result = []
    for arg in args:
        inner = () if isinstance(arg, type) else getattr(arg, "__parameters__", ())
        if isinstance(arg, _KINDS):
            new = _fitting(arg, mapping[arg])
        elif isinstance(arg, tuple):
            result.append(tuple(replaced(arg, mapping)))
            continue
        elif getattr(arg, "_kind", None) == "unpack":
            result.extend(mapping[inner[0]] if inner else (arg,))
            continue
        elif inner:
            new = arg[spread(inner, mapping)]
        else:
            new = arg
        if of_callable and isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return result


def spread(parameters, mapping):
    """What stands for the parameters, one after the other."""
    result = []
    for parameter in parameters:
        if isinstance(parameter, TypeVarTuple):
            result.extend(mapping[parameter])
        else:
            result.append(mapping[parameter])
    return tuple(result)
