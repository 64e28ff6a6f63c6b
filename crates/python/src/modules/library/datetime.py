"""Dates, times of day, durations and time zones. What would need a clock or the machine's zone is refused."""

import _datetime_text as _text

from _datetime_duration import (
    _ABSENT,
    _DAY,
    _Field,
    _Place,
    _Value,
    _arguments,
    _check_date,
    _check_time,
    _duration,
    _integer,
    _make,
    _zone_answer,
    timedelta,
)
from _tracer import title as _title, unsupported as _unsupported

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

MINYEAR = 1
MAXYEAR = 9999


def _check_zone(zone, fold):
    if zone is not None and not isinstance(zone, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(zone).__name__}'")
    fold = _integer(fold)
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return fold


def _zone_of_offset(micro, name=None):
    if micro is None:
        return None
    offset = _duration(micro)
    return timezone(offset) if name is None else timezone(offset, name)


class IsoCalendarDate(tuple):
    __slots__ = ()
    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __new__(cls, year, week, weekday, /):
        return tuple.__new__(cls, (year, week, weekday))

    def __repr__(self):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


_title(IsoCalendarDate, "datetime.IsoCalendarDate")


class date(_Value):
    __slots__ = ()

    def __new__(cls, year=_ABSENT, month=_ABSENT, day=_ABSENT, *rest, **keywords):
        if day is _ABSENT or rest or keywords:
            _arguments((year, month, day), ("year", "month", "day"), 3, rest, keywords)
        return _make(cls, _check_date(year, month, day))

    year = _Field("date", "year", 0)
    month = _Field("date", "month", 1)
    day = _Field("date", "day", 2)

    @classmethod
    def today(cls):
        _unsupported("the current date")

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        _unsupported("dates of time stamps")

    @classmethod
    def fromordinal(cls, ordinal, /):
        ordinal = _integer(ordinal)
        if ordinal < 1:
            raise ValueError("ordinal must be >= 1")
        if ordinal > 3652059:
            _unsupported("ordinals after the year 9999")
        return cls(*_text.from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, date_string, /):
        return cls(*_text.iso_date(date_string))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return cls(*_text.from_iso_calendar(_integer(year), _integer(week), _integer(day)))

    def isocalendar(self):
        return IsoCalendarDate(*_text.iso_calendar(self._key[0], self.toordinal()))

    def toordinal(self):
        return _text.to_ordinal(*self._key[:3])

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return (self.toordinal() + 6) % 7 + 1

    def isoformat(self):
        return "%04d-%02d-%02d" % self._key[:3]

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return self._shown() + "(%d, %d, %d)" % self._key

    def ctime(self):
        return "%s %s %2d %s %04d" % (_text.DAYS[self.weekday()][:3], _text.MONTHS[self.month - 1][:3], self.day,
                                      _text.clock_text(*((self._key[3:6] or (0, 0, 0)) + (0,))), self.year)

    def timetuple(self):
        return _time_tuple(self, -1)

    def strftime(self, format):
        return _text.strftime(self._key, (0, 0, 0, 0), format)

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format).__name__}")
        return self.strftime(format) if format else str(self)

    def replace(self, year=_ABSENT, month=_ABSENT, day=_ABSENT, *rest, **keywords):
        if rest or keywords:
            _arguments((), (), 3, (year, month, day) + rest if rest else (), keywords, "replace")
        new = [old if new is _ABSENT else new for old, new in zip(self._key, (year, month, day))]
        return date.__new__(type(self), *new)

    def __hash__(self):
        # CPython hashes the packed fields: the order of sets shows it.
        year, month, day = self._key
        return hash(bytes((year >> 8, year & 255, month, day)))

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, date) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, date) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if isinstance(other, date) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if isinstance(other, date) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, date) else NotImplemented

    def _moved(self, days):
        key = _text.from_ordinal(self.toordinal() + days)
        return _make(date, key) if type(self) is date else type(self)(*key)

    def __add__(self, other):
        return self._moved(other.days) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(-other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return _duration((self.toordinal() - other.toordinal()) * _DAY)
        return NotImplemented


def _time_tuple(moment, daylight):
    from time import struct_time

    key = moment._key[:3] + (moment._key[3:6] or (0, 0, 0))
    start = _text.to_ordinal(key[0], 1, 1)
    return struct_time(key + (moment.weekday(), moment.toordinal() - start + 1, daylight))


class tzinfo(_Value):
    """Base of time zones."""

    def __new__(cls, *arguments, **keywords):
        return object.__new__(cls)

    def utcoffset(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def tzname(self, dt, /):
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt._zone is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        saving = dt.dst()
        if saving is None:
            raise ValueError("fromutc: non-None dst() result required")
        result = dt + (offset - saving)
        saving = result.dst()
        if saving is None:
            raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return result + saving if saving else result

    def __copy__(self):
        _unsupported("copying time zones")


class timezone(tzinfo):
    __slots__ = ()

    def __new__(cls, offset=_ABSENT, name=_ABSENT):
        if offset is _ABSENT:
            raise TypeError("timezone() missing required argument 'offset' (pos 1)")
        if not isinstance(offset, timedelta):
            raise TypeError(f"timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}")
        if name is not _ABSENT and not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {type(name).__name__}")
        if abs(offset._key) >= _DAY:
            raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and "
                             f"timedelta(hours=24), not {offset!r}.")
        if name is _ABSENT and not offset._key:
            return timezone.utc
        return _make(cls, (offset, None if name is _ABSENT else name))

    def __repr__(self):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        offset, name = self._key
        return f"datetime.timezone({offset!r}{'' if name is None else f', {name!r}'})"

    def __eq__(self, other):
        return self._key[0] == other._key[0] if type(other) is timezone else NotImplemented

    def __hash__(self):
        return hash(self._key[0])

    def __init_subclass__(cls, **keywords):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def __copy__(self):
        return self

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt._zone is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._key[0]

    def _asked(self, name, moment):
        if moment is not None and not isinstance(moment, datetime):
            raise TypeError(f"{name}(dt) argument must be a datetime instance or None, not {type(moment).__name__}")

    def utcoffset(self, dt, /):
        self._asked("utcoffset", dt)
        return self._key[0]

    def dst(self, dt, /):
        self._asked("dst", dt)
        return None

    def tzname(self, dt, /):
        self._asked("tzname", dt)
        offset, name = self._key
        if name is not None:
            return name
        return "UTC" + _text.offset_text(offset._key, ":") if offset._key else "UTC"

    def __str__(self):
        return self.tzname(None)


class time(_Value):
    __slots__ = ("_zone", "_fold")

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *rest, fold=0, **keywords):
        if rest or keywords:
            _arguments((), (), 5, (hour, minute, second, microsecond, tzinfo) + rest if rest else (), keywords)
        return _make_time(cls, _check_time(hour, minute, second, microsecond), tzinfo, _check_zone(tzinfo, fold))

    hour = _Field("time", "hour", 0)
    minute = _Field("time", "minute", 1)
    second = _Field("time", "second", 2)
    microsecond = _Field("time", "microsecond", 3)
    tzinfo = _Place("time", "tzinfo", "_zone")
    fold = _Place("time", "fold", "_fold")

    @classmethod
    def fromisoformat(cls, time_string, /):
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        part = time_string[1:] if time_string[:1] == "T" else time_string
        clock, offset = _text.iso_time(part, time_string)
        return cls(*clock, _zone_of_offset(offset))

    def utcoffset(self):
        return _zone_answer(self._zone, "utcoffset", None)

    def dst(self):
        return _zone_answer(self._zone, "dst", None)

    def tzname(self):
        return _zone_answer(self._zone, "tzname", None)

    def isoformat(self, timespec="auto"):
        return _text.clock_text(*self._key, timespec) + _offset_shown(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"{self._shown()}({_fields(self)})"

    def strftime(self, format):
        return _text.strftime((1900, 1, 1), self._key, format, self)

    def __format__(self, format, /):
        if not isinstance(format, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format).__name__}")
        return self.strftime(format) if format else str(self)

    def replace(self, hour=_ABSENT, minute=_ABSENT, second=_ABSENT, microsecond=_ABSENT, tzinfo=_ABSENT, *rest,
                fold=_ABSENT, **keywords):
        if rest or keywords:
            _arguments((), (), 5, (0,) * 5 + rest if rest else (), keywords, "replace")
        new = [old if new is _ABSENT else new for old, new in zip(self._key, (hour, minute, second, microsecond))]
        return time.__new__(type(self), *new, self._zone if tzinfo is _ABSENT else tzinfo,
                            fold=self._fold if fold is _ABSENT else fold)

    def _total(self):
        hour, minute, second, micro = self._key
        return ((hour * 60 + minute) * 60 + second) * 1000000 + micro

    def __hash__(self):
        offset = (self.replace(fold=0) if self._fold else self).utcoffset()
        if offset is not None:
            return hash(_duration(self._total() - offset._key))
        hour, minute, second, micro = self._key
        return hash(bytes((hour, minute, second, micro >> 16, micro >> 8 & 255, micro & 255)))

    def _sides(self, other):
        """What is compared; None where one has an offset and the other has not."""
        if self._zone is other._zone:
            return self._key, other._key
        one, two = self.utcoffset(), other.utcoffset()
        if one == two:
            return self._key, other._key
        if one is None or two is None:
            return None
        return self._total() - one._key, other._total() - two._key

    def _ordered(self, other):
        sides = self._sides(other)
        if sides is None:
            raise TypeError("can't compare offset-naive and offset-aware times")
        return sides

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        sides = self._sides(other)
        return sides is not None and sides[0] == sides[1]

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._ordered(other)
        return one < two

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._ordered(other)
        return one <= two

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._ordered(other)
        return one > two

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        one, two = self._ordered(other)
        return one >= two


def _make_time(cls, key, zone, fold):
    self = object.__new__(cls)
    object.__setattr__(self, "_key", key)
    object.__setattr__(self, "_zone", zone)
    object.__setattr__(self, "_fold", fold)
    return self


def _offset_shown(value):
    offset = value.utcoffset()
    return "" if offset is None else _text.offset_text(offset._key, ":")


def _fields(value):
    """Fields for a repr: no seconds or microseconds where they are zero."""
    key = list(value._key)
    if not key[-1]:
        key.pop()
        if not key[-1]:
            key.pop()
    text = ", ".join(map(str, key))
    if value._fold:
        text += ", fold=1"
    return text if value._zone is None else f"{text}, tzinfo={value._zone!r}"


class datetime(date):
    __slots__ = ("_zone", "_fold")

    def __new__(cls, year=_ABSENT, month=_ABSENT, day=_ABSENT, hour=0, minute=0, second=0, microsecond=0, tzinfo=None,
                *rest, fold=0, **keywords):
        if day is _ABSENT or rest or keywords:
            _arguments((year, month, day), ("year", "month", "day"), 8,
                       (hour, minute, second, microsecond, tzinfo) + rest if rest else (), keywords)
        key = _check_date(year, month, day) + _check_time(hour, minute, second, microsecond)
        return _make_time(cls, key, tzinfo, _check_zone(tzinfo, fold))

    hour = _Field("datetime", "hour", 3)
    minute = _Field("datetime", "minute", 4)
    second = _Field("datetime", "second", 5)
    microsecond = _Field("datetime", "microsecond", 6)
    tzinfo = _Place("datetime", "tzinfo", "_zone")
    fold = _Place("datetime", "fold", "_fold")

    @classmethod
    def now(cls, tz=None):
        _unsupported("the current time")

    @classmethod
    def utcnow(cls):
        _unsupported("the current time")

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        return cls(*_from_total(_since_epoch(timestamp)))

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        if tz is None:
            _unsupported("the machine's time zone")
        _check_zone(tz, 0)
        return tz.fromutc(cls(*_from_total(_since_epoch(timestamp)), tz))

    @classmethod
    def combine(cls, date, time, tzinfo=_ABSENT):
        if not isinstance(date, _date):
            raise TypeError(f"combine() argument 1 must be datetime.date, not {type(date).__name__}")
        if not isinstance(time, _time):
            raise TypeError(f"combine() argument 2 must be datetime.time, not {type(time).__name__}")
        made = cls(*(date._key[:3] + time._key), time._zone if tzinfo is _ABSENT else tzinfo)
        return made.replace(fold=1) if time._fold else made

    @classmethod
    def fromisoformat(cls, date_string, /):
        day, clock, offset = _text.iso_datetime(date_string)
        return cls(*day, *clock, _zone_of_offset(offset))

    @classmethod
    def strptime(cls, date_string, format, /):
        *fields, offset, name = _text.strptime(date_string, format)
        return cls(*fields) if offset is None else cls(*fields, _zone_of_offset(offset, name))

    def date(self):
        return _make(_date, self._key[:3])

    def time(self):
        return _make_time(_time, self._key[3:], None, self._fold)

    def timetz(self):
        return _make_time(_time, self._key[3:], self._zone, self._fold)

    def utcoffset(self):
        return _zone_answer(self._zone, "utcoffset", self)

    def dst(self):
        return _zone_answer(self._zone, "dst", self)

    def tzname(self):
        return _zone_answer(self._zone, "tzname", self)

    def timestamp(self):
        if self._zone is None:
            _unsupported("the machine's time zone")
        return (self - _EPOCH).total_seconds()

    def timetuple(self):
        saving = self.dst()
        return _time_tuple(self, -1 if saving is None else int(bool(saving)))

    def utctimetuple(self):
        offset = self.utcoffset()
        return _time_tuple(self if offset is None else self - offset, 0)

    def astimezone(self, tz=None):
        if tz is None:
            _unsupported("the machine's time zone")
        if not isinstance(tz, tzinfo):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")
        if self._zone is tz:
            return self
        offset = self.utcoffset()
        if offset is None:
            _unsupported("the machine's time zone")
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def isoformat(self, sep="T", timespec="auto"):
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not {type(sep).__name__}")
        return "%04d-%02d-%02d" % self._key[:3] + sep + _text.clock_text(*self._key[3:], timespec) + _offset_shown(self)

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        return f"{self._shown()}({_fields(self)})"

    def strftime(self, format):
        if self._zone is not None:
            # CPython goes by the time tuple, which asks for daylight saving.
            self.dst()
        return _text.strftime(self._key[:3], self._key[3:], format, self)

    def replace(self, year=_ABSENT, month=_ABSENT, day=_ABSENT, hour=_ABSENT, minute=_ABSENT, second=_ABSENT,
                microsecond=_ABSENT, tzinfo=_ABSENT, *rest, fold=_ABSENT, **keywords):
        if rest or keywords:
            _arguments((), (), 8, (0,) * 8 + rest if rest else (), keywords, "replace")
        given = (year, month, day, hour, minute, second, microsecond)
        new = [old if new is _ABSENT else new for old, new in zip(self._key, given)]
        return datetime.__new__(type(self), *new, self._zone if tzinfo is _ABSENT else tzinfo,
                                fold=self._fold if fold is _ABSENT else fold)

    def __hash__(self):
        offset = (self.replace(fold=0) if self._fold else self).utcoffset()
        if offset is not None:
            return hash(_duration(self._total() - offset._key))
        year, month, day, hour, minute, second, micro = self._key
        return hash(bytes((year >> 8, year & 255, month, day, hour, minute, second,
                           micro >> 16, micro >> 8 & 255, micro & 255)))

    def _total(self):
        hour, minute, second, micro = self._key[3:]
        return self.toordinal() * _DAY + ((hour * 60 + minute) * 60 + second) * 1000000 + micro

    def _folds_alike(self, offset):
        return self.replace(fold=1 - self._fold).utcoffset() == offset

    def _sides(self, other, equality):
        """What is compared; None where one has an offset and the other has not, or where a zone's fold forbids equality."""
        if self._zone is other._zone:
            return self._key, other._key
        one, two = self.utcoffset(), other.utcoffset()
        if (one is None) != (two is None):
            return None
        # CPython subtracts where the offsets differ, which asks the zones once more.
        sides = (self._key, other._key) if one == two else ((self - other)._key, 0)
        if equality and sides[0] == sides[1] and not (self._folds_alike(one) and other._folds_alike(two)):
            return None
        return sides

    def _ordered(self, other):
        sides = self._sides(other, False)
        if sides is None:
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return sides

    def _alone(self, other):
        if isinstance(other, _date):
            raise TypeError(f"can't compare {_called(self)} to {_called(other)}")
        return NotImplemented

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return False if isinstance(other, _date) else NotImplemented
        sides = self._sides(other, True)
        return sides is not None and sides[0] == sides[1]

    def __lt__(self, other):
        if not isinstance(other, datetime):
            return self._alone(other)
        one, two = self._ordered(other)
        return one < two

    def __le__(self, other):
        if not isinstance(other, datetime):
            return self._alone(other)
        one, two = self._ordered(other)
        return one <= two

    def __gt__(self, other):
        if not isinstance(other, datetime):
            return self._alone(other)
        one, two = self._ordered(other)
        return one > two

    def __ge__(self, other):
        if not isinstance(other, datetime):
            return self._alone(other)
        one, two = self._ordered(other)
        return one >= two

    def _later(self, micro):
        key = _from_total(self._total() + micro)
        if type(self) is datetime:
            return _make_time(datetime, key, self._zone, 0)
        return type(self)(*key, self._zone)

    def __add__(self, other):
        return self._later(other._key) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._later(-other._key)
        if not isinstance(other, datetime):
            return NotImplemented
        micro = self._total() - other._total()
        if self._zone is not other._zone:
            one, two = self.utcoffset(), other.utcoffset()
            if (one is None) != (two is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            if one is not None:
                micro -= one._key - two._key
        return _duration(micro)


def _called(value):
    return value._shown()


def _from_total(total):
    day, micro = divmod(total, _DAY)
    second, micro = divmod(micro, 1000000)
    return _text.from_ordinal(day) + (second // 3600, second // 60 % 60, second % 60, micro)


def _since_epoch(stamp):
    """The microseconds of a time stamp, counted as datetimes are."""
    if isinstance(stamp, float):
        if stamp != stamp:
            raise ValueError("Invalid value NaN (not a number)")
        if abs(stamp) > 1e11:
            _unsupported("a time stamp out of range")
        whole = int(stamp)
        micro = whole * 1000000 + round((stamp - whole) * 1e6)
    else:
        micro = _integer(stamp) * 1000000 if abs(stamp) < 2**31 else int(stamp) * 1000000
    if not -62135596800000000 <= micro < 253402300800000000:
        _unsupported("a time stamp out of range")
    return micro + 719163 * _DAY


_date = date
_time = time

timezone.utc = UTC = _make(timezone, (_duration(0), None))
timezone.min = timezone(_duration(-_DAY + 60000000))
timezone.max = timezone(_duration(_DAY - 60000000))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = _duration(_DAY)
time.min = time()
time.max = time(23, 59, 59, 999999)
time.resolution = _duration(1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = _duration(1)

for _class in (date, time, datetime, tzinfo, timezone):
    _title(_class, "datetime." + _class.__name__)
del _class
