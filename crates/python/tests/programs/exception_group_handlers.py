def run(group):
    try:
        raise group
    except* ValueError as found:
        for error in found.exceptions:
            print("value", error)
    except* (KeyError, TypeError) as found:
        if len(found.exceptions) > 1:
            print("several")
        else:
            print("one", found.exceptions)
    except* OSError:
        while True:
            break
    else:
        print("nothing")
    finally:
        print("done")
    return group.message


print(run(ExceptionGroup("a", [ValueError(1), ValueError(2)])))
print(run(ExceptionGroup("b", [KeyError(1), OSError(2), TypeError(3)])))
print(run(ExceptionGroup("c", [OSError(2)])))
try:
    print(run(ExceptionGroup("d", [ValueError(1), IndexError(2)])))
except* IndexError as rest:
    for error in rest.exceptions:
        print("rest", repr(error))
try:
    pass
except* ValueError:
    pass
else:
    for number in range(2):
        print(number)
try:
    raise ExceptionGroup("e", [ValueError(1), ExceptionGroup("f", [KeyError(2), ValueError(3)])])
except* ValueError as found:
    for error in found.exceptions:
        print(error)
except* KeyError as found:
    for error in found.exceptions:
        print(error)
try:
    raise ValueError("alone")
except* ValueError as found:
    try:
        print(found, found.exceptions)
    finally:
        print("inner")
