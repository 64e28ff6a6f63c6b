# Chains of contexts that the program closed to circles.
a, b, c = ValueError('a'), KeyError('b'), TypeError('c')
a.__context__ = b; b.__context__ = c; c.__context__ = b
try:
    try: raise a
    except ValueError: raise OSError('new')
except OSError as e: print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
d = ValueError('d'); d.__context__ = d
try:
    try: raise d
    except ValueError: 1 / 0
except ZeroDivisionError as e: print(repr(e.__context__), e.__context__.__context__ is d)
x, y = ValueError('x'), ValueError('y')
x.__context__ = y; y.__context__ = x
try:
    try: raise x
    except ValueError:
        raise y
except ValueError as e: print(repr(e), repr(e.__context__), e.__context__.__context__)
