"""The functions that `dataclasses` makes, each compiled for the fields of its class."""


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


class _MISSING_TYPE:
    pass


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
MISSING = _MISSING_TYPE()
_MISSING_TYPE.__module__ = _HAS_DEFAULT_FACTORY_CLASS.__module__ = "dataclasses"


def _compile(name, parameters, lines, environment):
    body = "".join([f"  {line}\n" for line in lines])
    source = f"def make({', '.join(environment)}):\n def {name}({', '.join(parameters)}):\n{body} return {name}\n"
    namespace = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace["make"](**environment)


def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING


def init(all_fields, initial, frozen, slots, has_post_init):
    """`__init__`; `initial` names the fields that go to `__post_init__` only."""
    standard = [f for f in all_fields if f.init and not f.kw_only]
    keyword = [f for f in all_fields if f.init and f.kw_only]
    seen_default = False
    for f in standard:
        if _has_default(f):
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    me = "__dataclass_self__" if any([f.name == "self" for f in all_fields]) else "self"
    environment = {"__dataclass_absent__": _HAS_DEFAULT_FACTORY, "__dataclass_set__": object.__setattr__}

    def parameter(f):
        if f.default_factory is not MISSING:
            return f"{f.name}=__dataclass_absent__"
        if f.default is not MISSING:
            environment[f"__default_{f.name}__"] = f.default
            return f"{f.name}=__default_{f.name}__"
        return f.name

    parameters = [me, *map(parameter, standard)]
    if keyword:
        parameters += ["*", *map(parameter, keyword)]
    lines = []
    for f in all_fields:
        name, default = f.name, f"__default_{f.name}__"
        if name in initial:
            continue
        if f.default_factory is not MISSING:
            environment[default] = f.default_factory
            value = f"{default}() if {name} is __dataclass_absent__ else {name}" if f.init else f"{default}()"
        elif f.init:
            value = name
        elif slots and f.default is not MISSING:
            environment[default] = f.default
            value = default
        else:
            continue
        lines.append(f'__dataclass_set__({me}, "{name}", {value})' if frozen else f"{me}.{name} = {value}")
    if has_post_init:
        lines.append(f"{me}.__post_init__({', '.join(initial)})")
    made = _compile("__init__", parameters, lines or ["pass"], environment)
    made.__annotations__ = {**{f.name: f.type for f in standard + keyword}, "return": None}
    return made


def text(names):
    """`__repr__`, which shows itself within itself as an ellipsis: two frames, as a recursion limit counts them."""
    shown = ", ".join([f"{name}={{self.{name}!r}}" for name in names])
    whole = _compile("__repr__", ["self"], [f"return f'{{self.__class__.__qualname__}}({shown})'"], {})
    running = set()

    def __repr__(self):
        key = id(self)
        if key in running:
            return "..."
        running.add(key)
        try:
            return whole(self)
        finally:
            running.discard(key)

    return __repr__


def _values(owner, names):
    return "(" + "".join([f"{owner}.{name}," for name in names]) + ")"


def comparison(name, operator, names):
    lines = ["if other.__class__ is self.__class__:",
             f" return {_values('self', names)} {operator} {_values('other', names)}", "return NotImplemented"]
    return _compile(name, ["self", "other"], lines, {})


def hashing(names):
    return _compile("__hash__", ["self"], [f"return hash({_values('self', names)})"], {})


def _annotation(annotation):
    if getattr(annotation, "__module__", None) == "typing":
        return repr(annotation).replace("typing.", "")
    if type(annotation) is type(list[int]):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ == "builtins":
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


def signature(cls):
    """The signature of a class, as `inspect` words it and a docstring shows it."""
    function = cls.__init__
    if function is object.__init__:
        if cls.__new__ is object.__new__:
            return "()"
        function = cls.__new__
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    positional, names = code.co_argcount, code.co_varnames
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    annotations = function.__annotations__

    def parameter(name, default, mark=""):
        shown = mark + name
        if name in annotations:
            shown += ": " + _annotation(annotations[name])
        if default is not MISSING:
            shown += (" = " if name in annotations else "=") + repr(default)
        return shown

    parts = []
    for index, name in enumerate(names[:positional]):
        place = index - positional + len(defaults)
        if index:
            parts.append(parameter(name, defaults[place] if place >= 0 else MISSING))
        if index and index + 1 == code.co_posonlyargcount:
            parts.append("/")
    end = positional + code.co_kwonlyargcount
    if code.co_flags & 4:
        parts.append(parameter(names[end], MISSING, "*"))
        end += 1
    elif code.co_kwonlyargcount:
        parts.append("*")
    for name in names[positional:positional + code.co_kwonlyargcount]:
        parts.append(parameter(name, keyword_defaults.get(name, MISSING)))
    if code.co_flags & 8:
        parts.append(parameter(names[end], MISSING, "**"))
    result = annotations.get("return")
    arrow = "" if result is None else " -> " + _annotation(result)
    return f"({', '.join(parts)}){arrow}"
