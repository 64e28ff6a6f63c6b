"""Stand-ins for what CPython's modules have and ours lack: they can be seen, and refuse to be used."""

from _tracer import unsupported


def function(title):
    def refuse(*arguments, **keywords):
        unsupported(title)

    refuse.__name__ = refuse.__qualname__ = title.rpartition(".")[2]
    return refuse


class _Kind(type):
    def __repr__(cls):
        return f"<class '{cls._title}'>"

    def __call__(cls, *arguments, **keywords):
        unsupported(cls._title)

    def __getattr__(cls, name):
        unsupported(cls._title)

    def __instancecheck__(cls, instance):
        unsupported(cls._title)

    def __subclasscheck__(cls, subclass):
        unsupported(cls._title)

    def __or__(cls, other):
        unsupported(cls._title)


def _derive(cls, **keywords):
    unsupported(cls._title)


def kind(title):
    return _Kind(title.rpartition(".")[2], (), {"_title": title, "__init_subclass__": classmethod(_derive)})


class _Unknown:
    __slots__ = ("_title",)

    def _refuse(self, *arguments, **keywords):
        unsupported(object.__getattribute__(self, "_title"))

    def __init__(self, title):
        object.__setattr__(self, "_title", title)

    __getattribute__ = __setattr__ = __repr__ = __call__ = __eq__ = __hash__ = __bool__ = __or__ = __iter__ = _refuse


def unknown(title):
    return _Unknown(title)
