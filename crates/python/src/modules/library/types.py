"""Names of built-in types."""

from _tracer import title as _title, unsupported as _unsupported


def _function():
    yield 1


class _Slots:
    __slots__ = ("slot",)


FunctionType = LambdaType = type(_function)
CodeType = type(_function.__code__)
GeneratorType = type(_function())
MappingProxyType = type(type.__dict__)


class _Bound:
    def method(self):
        pass


MethodType = type(_Bound().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
MemberDescriptorType = type(_Slots.__dict__["slot"])
GenericAlias = type(list[int])
UnionType = type(int | str)
EllipsisType = type(Ellipsis)
NoneType = type(None)
NotImplementedType = type(NotImplemented)


_shown = []


class SimpleNamespace:
    def __init__(self, /, *args, **kwargs):
        if args:
            raise TypeError("no positional arguments expected")
        self.__dict__.update(kwargs)

    def __repr__(self):
        if any(shown is self for shown in _shown):
            return ("namespace" if type(self) is SimpleNamespace else type(self).__name__) + "(...)"
        _shown.append(self)
        try:
            return self._text()
        finally:
            _shown.pop()

    def _text(self):
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return name + "(" + ", ".join([f"{key}={value!r}" for key, value in self.__dict__.items()]) + ")"

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented


_title(SimpleNamespace, "types.SimpleNamespace")


def new_class(name, bases=(), kwds=None, exec_body=None):
    _unsupported("types.new_class")


del _function, _Slots, _Bound
