"""`inspect`: what live objects tell of themselves. The program has no file, so that there is no source to show."""

import sys as _sys
import types as _types
from collections import namedtuple as _namedtuple

from _absent import function as _function
from _inspect_signature import (BoundArguments, Parameter, Signature, _ParameterKind, _Search, _empty, formatannotation,
                                is_of_program as _is_of_program, signature, unwrap)
from _tracer import generator_state as _generator_state, unsupported as _unsupported

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_NOFREE, CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 64, 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"

FullArgSpec = _namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
Attribute = _namedtuple("Attribute", "name kind defining_class object")
ClosureVars = _namedtuple("ClosureVars", "nonlocals globals builtins unbound")


class EndOfBlock(Exception):
    pass


class ClassFoundException(Exception):
    pass


# What kind of thing something is.

def _check_origin(object):
    """The library's functions are written in Python here, while many of CPython's are not."""
    if isinstance(object, _types.FunctionType) and not _is_of_program(object):
        _unsupported("inspect: the kind of a library function")


class _Unseen:
    """Stands for an attribute that every value has, and that is not made here: only what kind of thing it is is known."""

    def __init__(self, routine):
        self.routine = routine

    def __call__(self, *args, **keywords):
        _unsupported("an attribute that inspect.getmembers found")

    __repr__ = __str__ = __eq__ = __hash__ = __call__


def ismodule(object):
    return isinstance(object, _types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    return isinstance(object, _types.MethodType)


def isfunction(object):
    _check_origin(object)
    return isinstance(object, _types.FunctionType)


def isbuiltin(object):
    _check_origin(object)
    if type(object) is _Unseen:
        object()
    return isinstance(object, _types.BuiltinFunctionType)


def ismethodwrapper(object):
    return isinstance(object, _types.MethodWrapperType)


def ismethoddescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    if isinstance(object, (_types.MethodDescriptorType, _types.WrapperDescriptorType,
                           _types.ClassMethodDescriptorType)):
        return True
    kind = type(object)
    if kind is _Unseen:
        object()
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    if kind is _Unseen:
        return not object.routine
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def isroutine(object):
    if type(object) is _Unseen:
        return object.routine
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def iscode(object):
    return isinstance(object, _types.CodeType)


def istraceback(object):
    return isinstance(object, _types.TracebackType)


def isframe(object):
    # There are no frames to be had here.
    return False


def isgenerator(object):
    return isinstance(object, _types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, _types.CoroutineType)


def isasyncgen(object):
    return isinstance(object, _types.AsyncGeneratorType)


def isawaitable(object):
    from collections.abc import Awaitable
    return isinstance(object, (_types.CoroutineType, Awaitable))


def _has_flag(function, flag):
    from functools import partial
    while ismethod(function):
        function = function.__func__
    while isinstance(function, partial):
        function = function.func
    return isfunction(function) and bool(function.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", None))


# Members and ancestors.

def getmro(cls):
    return cls.__mro__


# Predicates that no attribute which `object` gives every value satisfies, but for its class.
_of_program_only = (isfunction, ismethod, isclass, isgeneratorfunction, iscoroutinefunction, isasyncgenfunction)


def getmembers(object, predicate=None):
    own_dicts = [base.__dict__ for base in (object.__mro__ if isclass(object) else type(object).__mro__)
                 if base.__module__ == "__main__"]
    own_dicts.append(getattr(object, "__dict__", {}))
    general = set(dir(_plain)) - {"__class__"} if any([predicate is known for known in _of_program_only]) else set()
    found = []
    for name in sorted(dir(object)):
        if name in general and not any([name in own and name not in _in_every_class for own in own_dicts]):
            continue
        try:
            if name == "__weakref__" and not isclass(object):
                value = None
            elif name not in _unseen or any([name in own for own in own_dicts]):
                value = getattr(object, name)
            else:
                value = _Unseen(name != "__weakref__")
        except AttributeError:
            for base in (object.__mro__ if isclass(object) else ()):
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if not predicate or predicate(value):
            found.append((name, value))
    return found


class _Plain:
    pass


_plain = _Plain()
_unseen = ("__dir__", "__format__", "__getstate__", "__reduce__", "__reduce_ex__", "__sizeof__", "__weakref__")
_in_every_class = ("__dict__", "__weakref__", "__module__", "__doc__")

getmembers_static = _function("inspect.getmembers_static")
classify_class_attrs = _function("inspect.classify_class_attrs")
getattr_static = _function("inspect.getattr_static")
getclasstree = _function("inspect.getclasstree")
getcallargs = _function("inspect.getcallargs")
formatargvalues = _function("inspect.formatargvalues")
getargvalues = _function("inspect.getargvalues")
getargs = _function("inspect.getargs")


# Documentation and source.

def _class_of(function):
    """The class in whose body a function stands, or None."""
    place = _sys.modules.get(function.__module__)
    for name in function.__qualname__.split(".")[:-1]:
        place = getattr(place, name, None)
    return place if isclass(place) and getattr(place, function.__name__, None) is function else None


def _inherited_doc(object):
    if isclass(object):
        docs = [base.__doc__ for base in object.__mro__[:-1]]
    else:
        if ismethod(object):
            name, cls = object.__func__.__name__, object.__self__
            if not isclass(cls):
                cls = cls.__class__
        elif isfunction(object):
            name, cls = object.__name__, _class_of(object)
        elif type(object).__module__ == "__main__":
            return None
        else:
            _unsupported("inspect.getdoc of something without a docstring")
        if cls is None:
            return None
        docs = [getattr(base, name).__doc__ for base in cls.__mro__ if hasattr(base, name)]
    for doc in docs:
        if doc is not None:
            return doc
    return None


def getdoc(object):
    doc = getattr(object, "__doc__", None)
    if doc is None and object is not None:
        doc = _inherited_doc(object)
    if doc == type.__doc__:
        _unsupported("the docstring of a library object")
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    first, *rest = doc.expandtabs().split("\n")
    indents = [len(line) - len(line.lstrip()) for line in rest if line.strip()]
    margin = min(indents, default=0)
    lines = [first.lstrip()] + [line[margin:] for line in rest]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getfile(object):
    if isclass(object) and object.__module__ == "__main__":
        raise OSError("source code not available")
    if ismethod(object):
        object = object.__func__
    code = object.__code__ if isfunction(object) else object
    if iscode(code):
        return code.co_filename
    if ismodule(object) or isclass(object) or istraceback(object):
        _unsupported("inspect.getfile of this")
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got "
                    f"{type(object).__name__}")


def findsource(object):
    getfile(object)
    raise OSError("could not get source code")


def getsource(object):
    return findsource(object)


def getsourcelines(object):
    return findsource(object)


def getsourcefile(object):
    getfile(object)
    return None


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return _sys.modules.get(object.__module__)
    _unsupported("inspect.getmodule of this")


def getcomments(object):
    _unsupported("inspect.getcomments")


# Functions.

def getfullargspec(func):
    try:
        found = _Unbound(Signature, False).of(func)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    names, varargs, varkw, defaults, named, named_defaults, annotations = [], None, None, (), [], {}, {}
    if found.return_annotation is not _empty:
        annotations["return"] = found.return_annotation
    for parameter in found.parameters.values():
        name, kind, default = parameter.name, parameter.kind, parameter.default
        if kind is Parameter.VAR_POSITIONAL:
            varargs = name
        elif kind is Parameter.VAR_KEYWORD:
            varkw = name
        elif kind is Parameter.KEYWORD_ONLY:
            named.append(name)
            if default is not _empty:
                named_defaults[name] = default
        else:
            names.append(name)
            if default is not _empty:
                defaults += (default,)
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(names, varargs, varkw, defaults or None, named, named_defaults or None, annotations)


class _Unbound(_Search):
    """Signatures of methods with what they are bound to."""

    def _bound(self, signature):
        return signature


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if eval_str:
        _unsupported("inspect.get_annotations with eval_str")
    if isclass(obj):
        found = obj.__dict__.get("__annotations__")
    elif ismodule(obj) or callable(obj):
        found = getattr(obj, "__annotations__", None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    return dict(found)


def getclosurevars(func):
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    import builtins
    code = func.__code__
    cells = func.__closure__ or ()
    nonlocals = {name: cell.cell_contents for name, cell in zip(code.co_freevars, cells)}
    found, built_in, unbound = {}, {}, set()
    for name in code.co_names:
        if name in func.__globals__:
            found[name] = func.__globals__[name]
        elif name in vars(builtins):
            built_in[name] = vars(builtins)[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, found, built_in, unbound)


# Generators and frames.

def getgeneratorstate(generator):
    return (GEN_CREATED, GEN_SUSPENDED, GEN_RUNNING, GEN_CLOSED)[_generator_state(generator)]


def getcoroutinestate(coroutine):
    return (CORO_CREATED, CORO_SUSPENDED, CORO_RUNNING, CORO_CLOSED)[_generator_state(coroutine)]


getgeneratorlocals = _function("inspect.getgeneratorlocals")
getcoroutinelocals = _function("inspect.getcoroutinelocals")
currentframe = _function("inspect.currentframe")
stack = _function("inspect.stack")
trace = _function("inspect.trace")
getframeinfo = _function("inspect.getframeinfo")
getouterframes = _function("inspect.getouterframes")
getinnerframes = _function("inspect.getinnerframes")
