try:
    from fractions import gcd
except ImportError:
    from math import gcd
print(gcd(12, 18))
def f():
    try:
        from collections import Mapping
    except ImportError:
        print("no")
        from collections.abc import Mapping
    return Mapping
print(f().__name__)
try:
    from math import inf2, nan2
except ImportError:
    print("x")
try:
    from math import gcd2
except ImportError:
    pass
try:
    from typing import Nope
except (ImportError, AttributeError):
    Nope = None
try:
    from time import clock
except ImportError:
    from time import perf_counter as clock
try:
    from itertools import izip as zip
except ImportError:
    pass
try:
    from string import maketrans
except ImportError:
    maketrans = str.maketrans
try:
    from functools import nope
except Exception:
    print('exc')
