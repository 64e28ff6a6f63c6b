"""Classes from annotated fields."""

import copy as _copy
import types as _types

import _dataclass_methods as _methods

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


MISSING = _methods.MISSING


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()


class _Kind:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _Kind("_FIELD")
_FIELD_CLASSVAR = _Kind("_FIELD_CLASSVAR")
_FIELD_INITVAR = _Kind("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type) and not isinstance(self.type, _types.GenericAlias):
            return f"dataclasses.InitVar[{self.type.__name__}]"
        return f"dataclasses.InitVar[{self.type!r}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


def _shown(record, *names):
    """The repr of a record with these attributes."""
    return f"{type(record).__name__}({','.join([f'{name}={getattr(record, name)!r}' for name in names])})"


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "_metadata", "kw_only",
                 "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash = init, repr, hash
        self.compare, self.kw_only = compare, kw_only
        self._metadata = {} if metadata is None else metadata

    @property
    def metadata(self):
        return _types.MappingProxyType(self._metadata)

    def __repr__(self):
        return _shown(self, "name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata",
                      "kw_only", "_field_type")

    def __set_name__(self, owner, name):
        setter = getattr(type(self.default), "__set_name__", None)
        if setter:
            setter(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init, self.repr, self.eq = init, repr, eq
        self.order, self.unsafe_hash, self.frozen = order, unsafe_hash, frozen

    def __repr__(self):
        return _shown(self, *self.__slots__)


def _is_class_variable(annotation):
    if isinstance(annotation, str):
        text = annotation.strip()
        return text.split("[")[0].strip() in ("ClassVar", "typing.ClassVar", "t.ClassVar")
    name = getattr(annotation, "__origin__", annotation)
    return repr(name) == "typing.ClassVar"


def _is_init_variable(annotation):
    if isinstance(annotation, str):
        return annotation.strip().split("[")[0].strip() in ("InitVar", "dataclasses.InitVar")
    return annotation is InitVar or type(annotation) is InitVar


def _is_keyword_mark(annotation):
    if isinstance(annotation, str):
        return annotation.strip() in ("KW_ONLY", "dataclasses.KW_ONLY")
    return annotation is KW_ONLY


def _field_of(cls, name, annotation, keyword_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        result = default
    else:
        if isinstance(default, _types.MemberDescriptorType):
            default = MISSING
        result = field(default=default)
    result.name = name
    result.type = annotation
    result._field_type = _FIELD
    if _is_class_variable(annotation):
        result._field_type = _FIELD_CLASSVAR
    elif _is_init_variable(annotation):
        result._field_type = _FIELD_INITVAR
    if result._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR):
        if result.default_factory is not MISSING:
            raise TypeError(f"field {result.name} cannot have a default factory")
    if result._field_type in (_FIELD, _FIELD_INITVAR):
        if result.kw_only is MISSING:
            result.kw_only = keyword_only
    elif result.kw_only is not MISSING:
        raise TypeError(f"field {result.name} is a ClassVar but specifies kw_only")
    if result._field_type is _FIELD and result.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(result.default)} for field {result.name} is not allowed: "
                         "use default_factory")
    return result


def _set(cls, name, value):
    if name in cls.__dict__:
        return True
    value.__qualname__ = f"{cls.__qualname__}.{value.__name__}"
    setattr(cls, name, value)
    return False


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    found = {}
    any_frozen_base = False
    has_dataclass_bases = False
    for base in cls.__mro__[-1:0:-1]:
        base_fields = getattr(base, _FIELDS, None)
        if base_fields is not None:
            has_dataclass_bases = True
            for f in base_fields.values():
                found[f.name] = f
            if getattr(base, _PARAMS).frozen:
                any_frozen_base = True
    annotations = cls.__dict__.get("__annotations__", {})
    own = []
    keyword_seen = False
    for name, annotation in annotations.items():
        if _is_keyword_mark(annotation):
            if keyword_seen:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            keyword_seen = True
            kw_only = True
        else:
            own.append(_field_of(cls, name, annotation, kw_only))
    for f in own:
        found[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not any_frozen_base and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, found)
    own_hash = cls.__dict__.get("__hash__", MISSING)
    has_explicit_hash = not (own_hash is MISSING or (own_hash is None and "__eq__" in cls.__dict__))
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    all_fields = [f for f in found.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    instance_fields = [f for f in found.values() if f._field_type is _FIELD]
    if init:
        initial = [f.name for f in all_fields if f._field_type is _FIELD_INITVAR]
        _set(cls, "__init__", _methods.init(all_fields, initial, frozen, slots, hasattr(cls, "__post_init__")))
    if repr:
        _set(cls, "__repr__", _methods.text([f.name for f in instance_fields if f.repr]))
    compared = [f.name for f in instance_fields if f.compare]
    if eq:
        _set(cls, "__eq__", _methods.comparison("__eq__", "==", compared))
    if order:
        for name, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            if _set(cls, name, _methods.comparison(name, operator, compared)):
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                                "Consider using functools.total_ordering")
    if frozen:
        names = [f.name for f in instance_fields]

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot assign to field {name!r}")
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError(f"cannot delete field {name!r}")
            super(cls, self).__delattr__(name)

        for function in (__setattr__, __delattr__):
            if _set(cls, function.__name__, function):
                raise TypeError(f"Cannot overwrite attribute {function.__name__} in class {cls.__name__}")
    if unsafe_hash or (eq and frozen and not has_explicit_hash):
        if unsafe_hash and has_explicit_hash:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
        function = _methods.hashing([f.name for f in instance_fields if (f.compare if f.hash is None else f.hash)])
        function.__qualname__ = f"{cls.__qualname__}.__hash__"
        cls.__hash__ = function
    elif eq and not frozen and not has_explicit_hash:
        cls.__hash__ = None
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in all_fields if f.init and not f.kw_only)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _methods.signature(cls)
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _with_slots(cls, [f.name for f in all_fields], frozen, weakref_slot)
    return cls


def _state(self):
    return [getattr(self, f.name) for f in fields(self)]


def _set_state(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _with_slots(cls, names, frozen, weakref_slot):
    """The class made once more, with its fields as slots: a class that exists takes none."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update([slots] if isinstance(slots, str) else slots)
    namespace = dict(cls.__dict__)
    own = [name for name in names + (["__weakref__"] if weakref_slot else []) if name not in inherited]
    namespace["__slots__"] = tuple(own)
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = cls.__qualname__
    cls = type(cls)(cls.__name__, cls.__bases__, namespace)
    cls.__qualname__ = qualname
    if frozen:
        if "__getstate__" not in cls.__dict__:
            cls.__getstate__ = _state
        if "__setstate__" not in cls.__dict__:
            cls.__setstate__ = _set_state
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in found.values() if f._field_type is _FIELD)


def _is_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def _convert(obj, make):
    if _is_instance(obj):
        return make([(f.name, _convert(getattr(obj, f.name), make)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_convert(item, make) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_convert(item, make) for item in obj)
    if isinstance(obj, dict):
        pairs = ((_convert(key, make), _convert(value, make)) for key, value in obj.items())
        if hasattr(type(obj), "default_factory"):
            result = type(obj)(getattr(obj, "default_factory"))
            for key, value in pairs:
                result[key] = value
            return result
        return type(obj)(pairs)
    return _copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda pairs: tuple_factory([value for _, value in pairs]))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    from keyword import iskeyword

    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, "typing.Any"
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, namespace[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
    namespace["__annotations__"] = annotations
    namespace["__module__"] = "types"
    cls = type(cls_name, tuple(bases), namespace)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR or f.init and f.name in changes:
            continue
        if f.init:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
        elif f.name in changes:
            raise ValueError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
    return obj.__class__(**changes)
