from datetime import *
class D(date):
    def hello(self): return f'hi {self.year}'
class DT(datetime):
    tag = 1
    def __new__(cls, *a, **k):
        self = super().__new__(cls, *a, **k)
        self.extra = 5
        return self
class TD(timedelta):
    pass
d = D(2024, 1, 5); x = DT(2024, 1, 5, 6)
print(d, repr(d), d.hello(), type(d + timedelta(1)), repr(d + timedelta(1)), (d + timedelta(1)).hello(), d == date(2024,1,5), hash(d) == hash(date(2024,1,5)), type(d.replace(day=3)), type(D.fromisoformat('2020-01-01')), type(D.fromordinal(5)))
print(x, repr(x), x.extra, type(x + timedelta(1)), (x + timedelta(1)).extra, type(x.date()), x - datetime(2024,1,1), type(DT.strptime('2020','%Y')), type(DT.combine(d, time())), x.astimezone if 0 else 1)
t = TD(days=2)
print(t, repr(t), type(t + t), type(t * 2), t.days, t == timedelta(2))
class Slot(date):
    __slots__ = ()
d.note = 'n'
print(d.note, d.__dict__)
for f in (lambda: setattr(date(2020,1,1), 'foo', 1), lambda: date(2020,1,1).nope, lambda: datetime(2020,1,1).nope, lambda: timedelta(1).nope):
    try: f()
    except AttributeError as e: print(e)
import time
from datetime import datetime
t = time.gmtime(0)
print(t, t.tm_year, t[0], len(t), t.tm_yday, time.gmtime(1709294400.7).tm_hour, time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(1e9)), time.asctime(time.gmtime(86400*365)), time.strptime('2024-03-05', '%Y-%m-%d'), time.strftime('%A', datetime(2024,3,5).timetuple()))
print(time.struct_time((1,2,3,4,5,6,7,8,9)), t == time.gmtime(0), t < time.gmtime(5), isinstance(t, tuple), time.gmtime(-1))
try: time.struct_time((1,2))
except TypeError as e: print(e)
