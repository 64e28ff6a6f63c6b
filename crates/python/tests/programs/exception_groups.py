"""ExceptionGroup and except*."""
try:
    raise ExceptionGroup("several", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [KeyError("k"), ValueError(4)])])
except* ValueError as group:
    print(repr(group), group.exceptions, group)
except* (TypeError, KeyError) as group:
    print(group.message, [type(e).__name__ for e in group.exceptions])
else:
    print("never")
finally:
    print("finally")

try:
    raise ValueError("alone")
except* ValueError as group:
    print(repr(group))

try:
    try:
        raise ExceptionGroup("rest", [OSError(1), ValueError(2)])
    except* OSError:
        raise RuntimeError("new") from None
except ExceptionGroup as group:
    print(repr(group))


def split():
    group = ExceptionGroup("g", [ValueError(1), KeyError(2)])
    matching, others = group.split(ValueError)
    print(repr(matching), repr(others), group.subgroup(lambda e: isinstance(e, KeyError)))
    for arguments in ((1, [ValueError()]), ("m", []), ("m", [1]), ("m", 5)):
        try:
            ExceptionGroup(*arguments)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
    return isinstance(group, Exception), BaseExceptionGroup("b", [ValueError()]).__class__.__name__


print(split())
raise ExceptionGroup("last", [ValueError(1), TypeError(2)])
