"""Enumerations."""

import operator as _operator
from functools import reduce as _reduce

from _tracer import unsupported as _unsupported

__all__ = ["EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique",
           "property", "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP",
           "global_flag_repr", "global_enum_repr", "global_str", "global_enum", "EnumCheck", "CONTINUOUS",
           "NAMED_FLAGS", "UNIQUE"]

_builtin_property = property


STRICT = CONFORM = EJECT = KEEP = None  # Members of a class that is made of others, below.

_AUTO = object()


class auto:
    """Stands for a value that the class makes."""

    def __init__(self, value=_AUTO):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % self.value


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


class property(_builtin_property):
    """An attribute of members that a member's name may hide on the class."""

    def __set_name__(self, owner, name):
        self.name = name
        self.clsname = owner.__name__

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            found = ownerclass._member_map_.get(self.name) if hasattr(ownerclass, "_member_map_") else None
            if found is None:
                raise AttributeError(self.name)
            return found
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")
        self.fdel(instance)


def _is_descriptor(obj):
    if isinstance(obj, (classmethod, staticmethod, _builtin_property)):
        return True
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


_BUILTIN = (int, float, complex, str, bytes, tuple, frozenset, list, dict, set, bytearray)


def _makes_instances(base):
    return "__new__" in base.__dict__ or base in _BUILTIN


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    start = "_%s__" % cls_name
    return len(name) > len(start) and name.startswith(start) and name[len(start)] != "_" and (
        name[-1] != "_" or name[-2] != "_")


def _is_single_bit(num):
    if num == 0:
        return False
    num &= num - 1
    return num == 0


class _EnumDict(dict):
    """The namespace of a class body: notes which names are members."""

    def __init__(self):
        super().__init__()
        self._member_names, self._last_values, self._ignore = {}, [], []
        self._generate_next_value = self._cls_name = None
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in ("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_",
                           "_iter_member_", "_iter_member_by_value_", "_iter_member_by_def_"):
                raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % (key,))
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            elif isinstance(value, auto):
                if value.value is _AUTO:
                    value.value = self._next(key)
                self._auto_called = True
                value = value.value
            elif type(value) is tuple and any(isinstance(item, auto) for item in value):
                items = []
                for item in value:
                    if isinstance(item, auto):
                        if item.value is _AUTO:
                            item.value = self._next(key)
                        self._auto_called = True
                        item = item.value
                        self._last_values.append(item)
                    items.append(item)
                value = tuple(items)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _next(self, key):
        return self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])

    def update(self, members, **more):
        for name, value in (members.items() if hasattr(members, "keys") else members):
            self[name] = value
        for name, value in more.items():
            self[name] = value


# Classes whose members are being made.
_under_way = []


def _lookup(cls, *values):
    """The member with a value: what calling the class does."""
    if _under_way and _under_way[-1] is cls and cls._member_type_ is not object:
        # A __new__ of the program asks its base's: that of the data type.
        return cls._member_type_.__new__(cls, *values)
    if not values:
        raise TypeError("Enum.__new__() missing 1 required positional argument: 'value'")
    if len(values) > 1:
        raise TypeError(f"Enum.__new__() takes 2 positional arguments but {len(values) + 1} were given")
    value, = values
    if type(value) is cls:
        return value
    try:
        return cls._value2member_map_[value]
    except KeyError:
        pass
    except TypeError:
        for found in cls._member_map_.values():
            if found._value_ == value:
                return found
    try:
        result = cls._missing_(value)
        problem = None
    except Exception as error:
        result, problem = None, error
    if isinstance(result, cls):
        return result
    if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
        return result
    wrong = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
    if result is None and problem is None:
        raise wrong
    if problem is None:
        problem = TypeError("error in %s._missing_: returned %r instead of None or a valid member"
                            % (cls.__name__, result))
    if not isinstance(problem, ValueError):
        problem.__context__ = wrong
    raise problem


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        for base in bases:
            if isinstance(base, EnumType) and base._member_names_:
                raise TypeError("<enum %r> cannot extend %r" % (cls, base))
        namespace = _EnumDict()
        namespace._cls_name = cls
        if bases and Enum is not None:
            first = _first_enum(bases)
            if first is not None:
                namespace._generate_next_value = first._generate_next_value_
                dict.__setitem__(namespace, "_generate_next_value_", first._generate_next_value_)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        names = list(classdict._member_names)
        ignored = classdict._ignore
        namespace = {}
        members = []
        for key, value in classdict.items():
            if key in ignored or key == "_ignore_":
                continue
            if key in classdict._member_names:
                members.append((key, value))
            elif key == "_order_":
                order = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                namespace[key] = order
            else:
                namespace[key] = value
        if "mro" in names or "" in names:
            raise ValueError("invalid enum member name(s) %s" % ",".join(repr(n) for n in names if n in ("mro", "")))
        order = namespace.pop("_order_", None)
        generate = namespace.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            namespace["_generate_next_value_"] = staticmethod(generate)
        data_type = _data_type(bases)
        first = _first_enum(bases)
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        namespace["_member_type_"] = data_type
        namespace["_flag_mask_"] = 0
        namespace["_all_bits_"] = 0
        namespace["_singles_mask_"] = 0
        namespace["_boundary_"] = boundary or getattr(first, "_boundary_", None)
        namespace["_value_repr_"] = _value_repr(bases, data_type)
        for hook in ("__getattr__", "__getattribute__", "__setattr__"):
            if hook in namespace:
                _unsupported(f"an enumeration with {hook}")
        own_new = namespace.get("__new__")
        if own_new is not None:
            namespace["__new_member__"] = own_new.__func__ if isinstance(own_new, staticmethod) else own_new
        namespace["__new__"] = _lookup
        if Flag is not None and first is not None and issubclass(first, Flag):
            for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
                if name not in namespace:
                    namespace[name] = getattr(first, name)
        enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        new_member = enum_class.__dict__.get("__new_member__")
        if new_member is None:
            for base in enum_class.__mro__[1:]:
                if "__new_member__" in base.__dict__ and base not in (Enum, Flag, ReprEnum):
                    new_member = base.__dict__["__new_member__"]
                    break
        if new_member is None:
            for base in enum_class.__mro__:
                if not isinstance(base, EnumType) and base is not object and _makes_instances(base):
                    new_member = base.__new__
                    break
        makes = new_member or (object.__new__ if first is not None else namespace.get("__new__"))
        type.__setattr__(enum_class, "_new_member_", makes)
        is_flag = Flag is not None and issubclass(enum_class, Flag)
        for name, value in members:
            enum_class._add(name, value, data_type, new_member, is_flag)
        # While members are made they have their data type's texts; then the enumeration's, except where the class says otherwise.
        if ReprEnum is not None and ReprEnum in bases and data_type is not object:
            if "__format__" not in namespace:
                type.__setattr__(enum_class, "__format__", data_type.__format__)
            if "__str__" not in namespace:
                text = data_type.__str__
                type.__setattr__(enum_class, "__str__", data_type.__repr__ if text is object.__str__ else text)
        if data_type is not object and first is not None:
            for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
                if name not in enum_class.__dict__:
                    found = _inherited(bases, name)
                    if found is getattr(data_type, name, None) or found is getattr(object, name, None):
                        type.__setattr__(enum_class, name, getattr(first, name))
        if is_flag and enum_class._member_map_:
            # Only single bits are members; combinations are aliases.
            enum_class._member_names_ = [name for name, found in enum_class._member_map_.items()
                                         if name == found._name_ and _is_single_bit(found._value_)]
        if order is not None and order != [n for n in order if n in enum_class._member_map_] or (
                order is not None and [n for n in order if n in enum_class._member_names_] != enum_class._member_names_):
            raise TypeError("member order does not match _order_:\n  %r\n  %r" % (enum_class._member_names_, order))
        return enum_class

    def __init__(cls, *args, **kwds):
        pass

    def _add(cls, name, value, data_type, new_member, is_flag):
        args = value if isinstance(value, tuple) else (value,)
        if data_type is tuple:
            args = (args,)
        if new_member is None:
            made = object.__new__(cls)
        else:
            _under_way.append(cls)
            try:
                made = new_member(cls, *args)
            finally:
                _under_way.pop()
        if not hasattr(made, "_value_"):
            if data_type is object:
                made._value_ = value
            else:
                try:
                    made._value_ = data_type(*args)
                except Exception as error:
                    raise TypeError("_value_ not set in __new__, unable to create it") from error
        value = made._value_
        made._name_ = name
        made.__objclass__ = cls
        made._sort_order_ = len(cls._member_names_)
        made.__init__(*args)
        known = None
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:
            for other in cls._member_map_.values():
                if other._value_ == value:
                    known = other
                    break
        if known is not None:
            made = known
        else:
            cls._member_names_.append(name)
            if is_flag:
                cls._flag_mask_ |= value
                cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1
                if _is_single_bit(value):
                    cls._singles_mask_ |= value
        cls._member_map_[name] = made
        if not _redirected(cls, name):
            type.__setattr__(cls, name, made)
        try:
            cls._value2member_map_.setdefault(value, made)
        except TypeError:
            pass

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None and type is None:
            return _lookup(cls, value)
        return cls._create(value, names, type, start, boundary)

    def _create(cls, class_name, names, type, start, boundary):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values, given = [], []
            for count, name in enumerate(names):
                value = cls._generate_next_value_(name, start, count, values[:])
                values.append(value)
                given.append((name, value))
            names = given
        for item in names or ():
            if isinstance(item, str):
                name, value = item, names[item]
            else:
                name, value = item
            namespace[name] = value
        namespace["__module__"] = "__main__"
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(member).__qualname__, cls.__class__.__qualname__))
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
                 "__members__", "__module__", "__name__", "__qualname__", *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, attr))
        super().__delattr__(attr)

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls.__dict__["_member_map_"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtin_property
    def __members__(cls):
        from types import MappingProxyType
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)


EnumMeta = EnumType
Enum = Flag = ReprEnum = None


def _inherited(bases, name):
    for base in bases:
        found = getattr(base, name, None)
        if found is not None:
            return found
    return None


def _redirected(cls, name):
    """The class has a `property` of this name, which finds the member itself."""
    for base in cls.__mro__[1:]:
        if isinstance(base.__dict__.get(name), property):
            return True
    return False


def _first_enum(bases):
    if not bases:
        return None
    last = bases[-1]
    if not isinstance(last, EnumType):
        raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
    return last


def _data_type(bases):
    found = []
    for chain in bases:
        candidate = None
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                if base._member_type_ is not object:
                    if base._member_type_ not in found:
                        found.append(base._member_type_)
                    break
            elif _makes_instances(base) or "__dataclass_fields__" in base.__dict__:
                data_type = candidate or base
                if data_type not in found:
                    found.append(data_type)
                break
            else:
                candidate = candidate or base
    if len(found) > 1:
        raise TypeError("too many data types for enum")
    return found[0] if found else object


def _value_repr(bases, data_type):
    for chain in bases:
        for base in chain.__mro__:
            if base is object:
                continue
            if isinstance(base, EnumType):
                return base._value_repr_
            if "__repr__" in base.__dict__:
                return base.__dict__["__repr__"]
    return None


class Enum(metaclass=EnumType):
    """Members are singletons with a name and a value."""

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            last = last_values[-1]
            last_values.sort()
            if last == last_values[-1]:
                return last + 1
        except TypeError:
            pass
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, show(self._value_))

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        if self._member_type_ is not object:
            _unsupported("dir() of members with a data type")
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        names.update(name for name in self.__dict__ if name[0] != "_")
        for cls in self.__class__.mro():
            for name, found in cls.__dict__.items():
                if name[0] != "_" and name not in cls.__dict__.get("_member_map_", ()):
                    names.add(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return (self.__class__, (self._value_,))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


class ReprEnum(Enum):
    """Keeps its data type's str() and format()."""


class IntEnum(int, ReprEnum):
    """Members are ints."""


class StrEnum(str, ReprEnum):
    """Members are strs."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    """What a flag does with bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """Members combine bit by bit."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            high = last.bit_length() - 1
        except Exception:
            raise TypeError("invalid flag value %r" % last) from None
        return 2 ** (high + 1)

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask, singles, bits = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        negative = value < 0
        if not ~bits <= value <= bits or value & (bits ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s"
                                 % (cls, value, _bin(value, width), _bin(mask, width)))
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP:
                if value < 0:
                    value = max(bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value += bits + 1
        unknown = value & ~mask
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError("%s(%r) -->  unknown values %r [%s]" % (cls.__name__, value, unknown, bin(unknown)))
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        if value:
            parts = [m._name_ for m in cls._parts(value)]
            if unknown:
                parts.append(cls._numeric_repr_(unknown))
            made._name_ = "|".join(parts)
        else:
            made._name_ = None
        return cls._value2member_map_.setdefault(value, made)

    @classmethod
    def _parts(cls, value):
        """The single-bit members in a value."""
        return [found for found in map(cls._member_map_.get, cls._member_names_) if found._value_ & value]

    def __reduce_ex__(self, proto):
        return (self.__class__, (self._value_,))

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._parts(self._value_ & self._flag_mask_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return "<%s: %s>" % (self.__class__.__name__, show(self._value_))
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, show(self._value_))

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _other(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else self.__class__(self._value_ ^ value)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Members are ints that combine bit by bit."""


def _bin(value, width):
    """`bin` in two's complement with a sign digit, as the message of a wrong flag shows it."""
    whole = 2 ** value.bit_length()
    digits = bin(value + whole).replace("1", "0", 1) if value >= 0 else bin(~value ^ (whole - 1) + whole)
    sign, digits = digits[:3], digits[3:]
    if len(digits) < width:
        digits = (sign[-1] * width + digits)[-width:]
    return "%s %s" % (sign, digits)


def unique(enumeration):
    duplicates = [(name, found._name_) for name, found in enumeration._member_map_.items() if name != found._name_]
    if duplicates:
        details = ", ".join(["%s -> %s" % pair for pair in duplicates])
        raise ValueError("duplicate values found in %r: %s" % (enumeration, details))
    return enumeration


class EnumCheck(StrEnum):
    """What `verify` asks of an enumeration."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """A decorator of enumerations that must pass checks."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        is_flag = issubclass(enumeration, Flag)
        kind = "flag" if is_flag else "enum"
        for check in self.checks:
            if check is UNIQUE:
                aliases = [(name, found._name_) for name, found in enumeration.__members__.items()
                           if name != found._name_]
                if aliases:
                    raise ValueError("aliases found in %r: %s"
                                     % (enumeration, ", ".join(["%s -> %s" % pair for pair in aliases])))
            elif check is CONTINUOUS:
                missing = _gaps(enumeration, is_flag)
                if missing:
                    text = "invalid %s %r: missing values %s" % (kind, enumeration.__name__,
                                                                 ", ".join([str(value) for value in missing]))
                    raise ValueError(text[:256])
            elif check is NAMED_FLAGS:
                _check_aliases(enumeration)
        return enumeration


def _gaps(enumeration, is_flag):
    """The integers, of flags the powers of two, that are missing between the least and the greatest value."""
    values = {found.value for found in enumeration}
    if len(values) < 2:
        return []
    low, high = min(values), max(values)
    if is_flag:
        return [2 ** bit for bit in range(low.bit_length(), high.bit_length() - 1) if 2 ** bit not in values]
    return [value for value in range(low + 1, high) if value not in values]


def _check_aliases(enumeration):
    known = [found._value_ for found in enumeration]
    names, missing = [], 0
    for name, alias in enumeration._member_map_.items():
        if name in enumeration._member_names_ or alias.value < 0:
            continue
        bits = [1 << bit for bit in range(alias._value_.bit_length()) if alias._value_ >> bit & 1]
        unnamed = [bit for bit in bits if bit not in known]
        if unnamed:
            names.append(name)
            for bit in unnamed:
                missing |= bit
    if not names:
        return
    if len(names) == 1:
        which = "alias %s is missing" % names[0]
    else:
        which = "aliases %s and %s are missing" % (", ".join(names[:-1]), names[-1])
    value = "value 0x%x" if _is_single_bit(missing) else "combined values of 0x%x"
    raise ValueError("invalid Flag %r: %s %s [use enum.show_flag_values(value) for details]"
                     % (enumeration.__name__, which, value % missing))


def show_flag_values(value):
    return [1 << bit for bit in range(int(value).bit_length()) if int(value) >> bit & 1]


def _refused(name):
    def refuse(*args, **kwds):
        _unsupported("enum." + name)

    return refuse


global_enum = _refused("global_enum")
global_str = _refused("global_str")
global_enum_repr = _refused("global_enum_repr")
global_flag_repr = _refused("global_flag_repr")
