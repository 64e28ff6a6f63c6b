from datetime import *
d = date(2024, 2, 29); t = time(12, 30, 5, 123456); dt = datetime(2024, 2, 29, 12, 30, 5, 123456)
print(d, t, dt, repr(d), repr(t), repr(dt), timedelta(days=1, hours=2), repr(timedelta(-1, 5, 7)))
for f in (lambda: date(), lambda: date(2020), lambda: date(2020, 13, 1), lambda: date(2020, 2, 30), lambda: date(0,1,1), lambda: date(2020,1,1,1), lambda: date('a',1,1), lambda: date(2020,1.5,1), lambda: date(2020,1,foo=1), lambda: datetime(2020), lambda: datetime(2020,1,1,24), lambda: datetime(2020,1,1,1,60), lambda: datetime(2020,1,1,1,1,60), lambda: datetime(2020,1,1,1,1,1,10**6), lambda: datetime(2020,1,1,tzinfo=5), lambda: datetime(2020,1,1,fold=2), lambda: time(25), lambda: time(1,2,3,4,5), lambda: timedelta('a'), lambda: timedelta(days='x'), lambda: timedelta(foo=1), lambda: d + 5, lambda: d + d, lambda: 5 - d, lambda: dt - 5, lambda: dt + dt, lambda: d < 5, lambda: dt < d, lambda: d < dt, lambda: t < 5, lambda: d == dt, lambda: dt == d, lambda: d != dt, lambda: timedelta(1) < 3, lambda: timedelta(1) + 3, lambda: timedelta(1) * 'a', lambda: timedelta(1) // 0, lambda: timedelta(1) / 0, lambda: timedelta(1) / 0.0, lambda: timedelta(1) / timedelta(0), lambda: timedelta(1) // timedelta(0), lambda: timedelta(1) % timedelta(0), lambda: divmod(timedelta(1), timedelta(0)), lambda: timedelta(1) % 3, lambda: 3 / timedelta(1), lambda: timedelta(999999999) + timedelta(1), lambda: date.max + timedelta(1), lambda: date.min - timedelta(1), lambda: datetime.max + timedelta(microseconds=1), lambda: timedelta(float('nan')), lambda: timedelta(float('inf')), lambda: d.replace(month=13), lambda: d.replace(foo=1), lambda: d.fromisoformat(5), lambda: d.strftime(5), lambda: format(d, 5) if 0 else 1, lambda: date.fromordinal(0), lambda: datetime.combine(1, t), lambda: datetime.combine(d, 1), lambda: dt.isoformat(timespec='x'), lambda: dt.isoformat(5), lambda: setattr(d, 'year', 5), lambda: setattr(dt, 'hour', 5), lambda: setattr(timedelta(1), 'days', 5), lambda: dt.astimezone(5), lambda: [] < d, lambda: timedelta(1)*float('nan'), lambda: timezone(5), lambda: timezone(timedelta(1)), lambda: timezone(timedelta(hours=1), 5), lambda: timezone()):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
from datetime import *
d = date(2024, 2, 29); dt = datetime(2024, 2, 29, 12, 30, 5, 123456)
print(d + timedelta(days=1), timedelta(days=1) + d, d - timedelta(weeks=5), d - date(2000,1,1), dt - datetime(2023,1,1), dt + timedelta(hours=13, microseconds=-5), dt - timedelta(days=400, seconds=3))
for f in (lambda: datetime(2024,3,1) - date(2024,2,28), lambda: date(2024,3,1) - datetime(2024,2,28,5)):
    try: print(f())
    except TypeError as e: print(e)
td = timedelta(days=5, hours=3, minutes=7, seconds=9, milliseconds=11, microseconds=13, weeks=2)
print(td, repr(td), td.days, td.seconds, td.microseconds, td.total_seconds(), td * 2, 3 * td, td * 1.5, td / 2, td / 1.5, td // 7, td % timedelta(hours=5), divmod(td, timedelta(hours=5)), td / timedelta(minutes=1), td // timedelta(minutes=1), -td, +td, abs(-td), bool(td), bool(timedelta(0)), td == timedelta(0), td > timedelta(1), hash(td) == hash(timedelta(19, 11229, 11013)), timedelta(days=True), timedelta(0.1), timedelta(hours=1.7), timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(seconds=1e-7), timedelta(milliseconds=0.0005))
print(td * -2.5, td * True, td // True, str(timedelta(-1)), str(timedelta(0)), timedelta.max, timedelta.min, timedelta.resolution, date.min, date.max, time.max, datetime.max, datetime.resolution, date.resolution)
print(sorted([date(2020,1,2), date(2019,5,6)]), max(datetime(2020,1,1), datetime(2020,1,1,0,0,1)), sum([timedelta(1), timedelta(2)], timedelta()))
print({date(2020,1,i) for i in range(1,9)}, {datetime(2020,1,i,5) for i in range(1,9)}, {time(i) for i in range(8)}, {timedelta(i) for i in range(8)})
print(d.replace(year=2023, day=1), dt.replace(hour=0, microsecond=0), time(1,2).replace(minute=5), d.replace(2020), d.isoweekday(), d.weekday(), d.isocalendar(), d.isocalendar().week, d.isocalendar()[0], d.toordinal(), date.fromordinal(738000), datetime.fromordinal(738000), d.ctime(), dt.ctime(), d.timetuple(), dt.timetuple(), dt.timetuple().tm_yday, tuple(d.timetuple())[:3], dt.date(), dt.time(), datetime.combine(d, time(5,6)), datetime.combine(d, time(5,6), tzinfo=timezone.utc), date.fromisocalendar(2024, 9, 4), datetime.fromisocalendar(2020, 53, 7))
for a in ((2024,53,1),(2020,54,1),(2020,0,1),(2020,1,8),(0,1,1)):
    try: print(date.fromisocalendar(*a))
    except ValueError as e: print(e)
print(dt.isoformat(), dt.isoformat(' '), dt.isoformat(sep='_', timespec='minutes'), [dt.isoformat(timespec=x) for x in ('auto','hours','minutes','seconds','milliseconds','microseconds')], time(1,2).isoformat(), time(1,2,3,4).isoformat('milliseconds'))
print(isinstance(dt, date), issubclass(datetime, date), type(dt), datetime.year, date.month, datetime.hour, timedelta.days, time.minute)
import copy
print(copy.copy(dt) == dt, copy.deepcopy([d, td]))
x = [dt, d, td, time(3), timezone.utc]
