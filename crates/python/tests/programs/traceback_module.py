import traceback


def inner(n):
    if not n:
        raise ValueError("bad", 3)
    inner(n - 1)


def outer():
    try:
        inner(5)
    except ValueError as error:
        raise KeyError("key") from error


try:
    outer()
except Exception as error:
    print(traceback.format_exc())
    first = error.__traceback__
    print(first.tb_lineno, first.tb_next.tb_lineno, first.tb_next.tb_next, traceback.extract_tb(first))
    print(traceback.format_exception_only(type(error), error), traceback.format_tb(first))
    traceback.print_exc()


class Own(Exception):
    pass


try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise Own("during")
except Own:
    print(traceback.format_exc())


def again():
    try:
        int("z")
    except ValueError:
        raise


try:
    again()
except ValueError as error:
    print("".join(traceback.format_exception(error)))
    kept = error
try:
    raise kept
except ValueError:
    print(traceback.format_exc())


def generator():
    yield 1
    raise RuntimeError("end")


try:
    print([value for value in generator()])
except RuntimeError:
    print(traceback.format_exc())
print(repr(traceback.format_exc()))
