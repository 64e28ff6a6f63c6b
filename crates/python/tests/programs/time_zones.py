from datetime import *
u = timezone.utc; e = timezone(timedelta(hours=-5), 'EST'); i = timezone(timedelta(hours=5, minutes=30)); s = timezone(timedelta(seconds=-3723, microseconds=5))
a = datetime(2024, 3, 1, 12, tzinfo=u); b = a.astimezone(e); c = a.astimezone(i)
print(a, b, c, repr(a), repr(b), repr(c), a == b == c, a - b, b < c, hash(a) == hash(b), b.tzname(), c.tzname(), a.tzname(), b.utcoffset(), a.dst(), u, e, i, s, repr(e), repr(i), repr(s), str(s))
print(a.isoformat(), c.isoformat(timespec='minutes'), datetime(2020,1,1,tzinfo=s), a.timestamp(), b.timestamp(), datetime(2020,1,1,1,1,1,500000,tzinfo=u).timestamp(), a.timetuple(), b.utctimetuple(), b.timetz(), b.time(), b.replace(tzinfo=None), b.replace(tzinfo=u))
print(a.strftime('%Y-%m-%d %H:%M:%S %z %Z'), c.strftime('%z|%Z'), datetime(2020,1,1).strftime('[%z%Z]'), datetime.fromtimestamp(0, u), datetime.fromtimestamp(1709294400.123456, i), datetime.utcfromtimestamp(1e9), datetime.utcfromtimestamp(1.5), datetime.fromtimestamp(-1.5, tz=u), datetime.utcfromtimestamp(1234567890.9999996))
n = datetime(2024,3,1,12)
for f in (lambda: n < a, lambda: n - a, lambda: n == a, lambda: n != a, lambda: a > n, lambda: time(1) < time(1, tzinfo=u), lambda: time(1) == time(1, tzinfo=u)):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
print(time(1,tzinfo=u), repr(time(1,tzinfo=e)), time(1,tzinfo=e).utcoffset(), time(1, tzinfo=e) < time(1, tzinfo=u), time(6,tzinfo=u)==time(1,tzinfo=e), hash(time(6,tzinfo=u))==hash(time(1,tzinfo=e)), time(1,fold=1), repr(time(1,fold=1)), repr(datetime(2020,1,1,fold=1,tzinfo=u)), datetime(2020,1,1,fold=1).fold)
class TZ(tzinfo):
    def __init__(self, h): self.h = h
    def utcoffset(self, dt): return timedelta(hours=self.h) + self.dst(dt)
    def dst(self, dt): return timedelta(hours=1) if dt and 4 <= dt.month < 10 else timedelta(0)
    def tzname(self, dt): return f'TZ{self.h}'
    def __repr__(self): return f'TZ({self.h})'
z = TZ(2)
p = datetime(2024, 6, 1, 10, tzinfo=z); q = datetime(2024, 12, 1, 10, tzinfo=z)
print(p, q, repr(p), p.utcoffset(), q.utcoffset(), p.dst(), p.tzname(), p.astimezone(u), a.astimezone(z), datetime(2024,7,1,tzinfo=u).astimezone(z), q - p, p.astimezone(TZ(3)), p == p.astimezone(u), p.timetuple().tm_isdst, q.timetuple().tm_isdst, p.strftime('%z %Z'), time(3, tzinfo=z))
class Bad(tzinfo): pass
for f in (lambda: datetime(2020,1,1,tzinfo=Bad()).utcoffset(), lambda: datetime(2020,1,1,tzinfo=Bad()).tzname(), lambda: str(datetime(2020,1,1,tzinfo=Bad())), lambda: u.utcoffset(5), lambda: u.fromutc(n), lambda: u.fromutc(5)):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
class B2(tzinfo):
    def utcoffset(self, dt): return 5
class B3(tzinfo):
    def utcoffset(self, dt): return timedelta(days=2)
for k in (B2, B3):
    try: print(datetime(2020,1,1,tzinfo=k()).utcoffset())
    except Exception as x: print(type(x).__name__, x)
print(timezone.utc is timezone(timedelta(0)), timezone.utc == timezone(timedelta(0), 'X'), timezone.min, timezone.max, UTC is timezone.utc, {timezone.utc: 1}[timezone(timedelta(0))])
