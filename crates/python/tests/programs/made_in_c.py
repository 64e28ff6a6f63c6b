class A: __slots__=("a",)
class B: __slots__=("b",)
try:
    class C(A,B): pass
except TypeError as e: print(e)
class D(A): __slots__=("d",)
class E(D, A): pass
class M: pass
class F(M, D): pass
try:
    class G(A, int): pass
except TypeError as e: print(e)
try: print(isinstance([], list[int]))
except TypeError as e: print(e)
try: print(issubclass(list, list[int]))
except TypeError as e: print(e)
for v in ("a", 1, [], None, ValueError(), print, len, E(), (i for i in [])):
    print(getattr(v, "__module__", "none"))
import datetime, fractions, collections, decimal
for v in (datetime.date(2020,1,1), fractions.Fraction(1,2), collections.deque(), collections.Counter(), collections.OrderedDict(), decimal.Decimal(1), collections.defaultdict(int), range(3), datetime.timedelta(1)):
    print(type(v).__name__, getattr(v, "__module__", "none"), type(v).__module__)
import time, gc, csv
print(time.sleep, gc.collect, [csv.reader], time.perf_counter, time.gmtime)
try: time.sleep()
except TypeError as e: print(e)
try: time.sleep(1,2)
except TypeError as e: print(e)
try: gc.collect(1,2)
except TypeError as e: print(e)
try: gc.isenabled(1)
except TypeError as e: print(e)
import typing
print(typing.List.__name__, typing.Optional.__qualname__)
