def f():
    raise ValueError(1)
def g():
    try:
        f()
    except ValueError as e:
        raise KeyError("x").with_traceback(e.__traceback__)
def depth(tb):
    n = []
    while tb:
        n.append(tb.tb_lineno)
        tb = tb.tb_next
    return n
try:
    g()
except KeyError as e:
    print(depth(e.__traceback__))
    t = e.__traceback__
    e.__traceback__ = None
    print(depth(t), e.__traceback__)
    try:
        raise e
    except KeyError as e2:
        print(depth(e2.__traceback__), depth(t))
        e2.__traceback__ = t
        print(e2.__traceback__ is t, depth(e2.__traceback__))
        try:
            raise e2
        except KeyError as e3:
            print(depth(e3.__traceback__), e3.__traceback__.tb_next is t)
try:
    e.__traceback__ = 5
except Exception as x:
    print(type(x), x)
try:
    ValueError().with_traceback(5)
except Exception as x:
    print(type(x), x)
try:
    try:
        raise ExceptionGroup("e", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise KeyError(1)
except BaseExceptionGroup as e:
    print(depth(e.__traceback__), repr(e), [depth(x.__traceback__) for x in e.exceptions])
def h():
    try:
        raise ExceptionGroup("e", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise KeyError(1)
h()
