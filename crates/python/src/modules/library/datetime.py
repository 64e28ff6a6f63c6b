"""Dates, times of day and durations without time zones. What would need a clock or a zone is refused."""

import re as _re

from _tracer import title as _title, unsupported as _unsupported

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

MINYEAR = 1
MAXYEAR = 9999

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAY = 86400000000
_open = True
_ABSENT = object()


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_days(year, month):
    if month == 2:
        return 29 if _leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _ordinal(year, month, day):
    past = year - 1
    leap_day = 1 if month > 2 and _leap(year) else 0
    return past * 365 + past // 4 - past // 100 + past // 400 + _BEFORE[month] + leap_day + day


def _from_ordinal(n):
    if n < 1 or n > 3652059:
        raise OverflowError("date value out of range")
    year = (n * 400) // 146097 + 1
    while _ordinal(year, 1, 1) > n:
        year -= 1
    while year < MAXYEAR and _ordinal(year + 1, 1, 1) <= n:
        year += 1
    month = 12
    while _ordinal(year, month, 1) > n:
        month -= 1
    return year, month, n - _ordinal(year, month, 1) + 1


def _integers(*values):
    for value in values:
        if type(value) is not int:
            _unsupported("fields of dates that are no integers")
        if not -1000000000000 < value < 1000000000000:
            _unsupported("huge fields of dates")


def _check_date(year, month, day):
    _integers(year, month, day)
    if not 1 <= year <= 9999:
        if not -2147483648 <= year <= 2147483647:
            _unsupported("huge fields of dates")
        raise ValueError("year %d is out of range" % year)
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _month_days(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour, minute, second, microsecond):
    _integers(hour, minute, second, microsecond)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")


def _nearest(a, b):
    """a / b rounded to the nearest integer, ties to even."""
    if b < 0:
        a, b = -a, -b
    whole, rest = divmod(a, b)
    if 2 * rest > b or (2 * rest == b and whole & 1):
        whole += 1
    return whole


def _clock_text(hour, minute, second, microsecond):
    text = "%02d:%02d:%02d" % (hour, minute, second)
    return text + ".%06d" % microsecond if microsecond else text


class _Value:
    """What all classes here share: fields that never change, and refusals of what is not made."""

    __slots__ = ("_key",)

    def __init_subclass__(cls, **keywords):
        if not _open:
            _unsupported("subclasses of the classes of datetime")

    def __setattr__(self, name, value):
        _unsupported("setting attributes of the values of datetime")

    def __delattr__(self, name):
        _unsupported("deleting attributes of the values of datetime")

    def __getattr__(self, name):
        _unsupported("datetime: attribute " + name)

    def __reduce__(self):
        _unsupported("pickling the values of datetime")

    def __reduce_ex__(self, protocol):
        _unsupported("pickling the values of datetime")

    def __copy__(self):
        return _make(type(self), self._key)

    def __deepcopy__(self, memo):
        return _make(type(self), self._key)

    def __eq__(self, other):
        if type(self) is type(other):
            return self._key == other._key
        return NotImplemented

    def __lt__(self, other):
        return self._key < _same(self, other)

    def __le__(self, other):
        return self._key <= _same(self, other)

    def __gt__(self, other):
        return self._key > _same(self, other)

    def __ge__(self, other):
        return self._key >= _same(self, other)


def _same(one, other):
    if type(one) is not type(other):
        _unsupported("datetime: order of values of different types")
    return other._key


def _make(cls, key):
    self = object.__new__(cls)
    object.__setattr__(self, "_key", key)
    return self


def _duration(microseconds):
    days = microseconds // _DAY
    if not -999999999 <= days <= 999999999:
        if not -2147483648 <= days <= 2147483647:
            _unsupported("huge durations")
        raise OverflowError("days=%d; must have magnitude <= 999999999" % days)
    return _make(timedelta, microseconds)


def _plain(rest, keywords):
    if rest or keywords:
        _unsupported("datetime: these arguments")


def _operand():
    _unsupported("datetime: arithmetic with this type of operand")


class timedelta(_Value):
    """A duration, kept in microseconds."""

    __slots__ = ()

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0, *rest, **keywords):
        _plain(rest, keywords)
        total = 0
        left = 0.0
        for value, factor in ((microseconds, 1), (milliseconds, 1000), (seconds, 1000000), (minutes, 60000000),
                              (hours, 3600000000), (days, _DAY), (weeks, 7 * _DAY)):
            if type(value) is int:
                total += value * factor
            elif type(value) is float:
                if value != value or value - value != 0:
                    _unsupported("durations of infinities and NaN")
                whole = int(value)
                total += whole * factor
                part = (value - whole) * factor if abs(value) < 9e15 else 0.0
                whole = int(part)
                total += whole
                left += part - whole
            else:
                _unsupported("durations of other types than int and float")
        if left:
            whole = int(left // 1)
            rest = left - whole
            if rest > 0.5 or (rest == 0.5 and (total + whole) & 1):
                whole += 1
            total += whole
        return _duration(total)

    days = property(lambda self: self._key // _DAY)
    seconds = property(lambda self: self._key % _DAY // 1000000)
    microseconds = property(lambda self: self._key % 1000000)

    def total_seconds(self):
        return self._key / 1000000

    def __repr__(self):
        parts = []
        for name in ("days", "seconds", "microseconds"):
            value = getattr(self, name)
            if value:
                parts.append("%s=%d" % (name, value))
        return "datetime.timedelta(%s)" % (", ".join(parts) or "0")

    def __str__(self):
        seconds = self.seconds
        text = "%d:%02d:%02d" % (seconds // 3600, seconds // 60 % 60, seconds % 60)
        if self.microseconds:
            text += ".%06d" % self.microseconds
        days = self.days
        if days:
            text = "%d day%s, %s" % (days, "" if abs(days) == 1 else "s", text)
        return text

    def __hash__(self):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self):
        return self._key != 0

    def __neg__(self):
        return _duration(-self._key)

    def __pos__(self):
        return _duration(self._key)

    def __abs__(self):
        return _duration(abs(self._key))

    def __add__(self, other):
        if type(other) is timedelta:
            return _duration(self._key + other._key)
        if isinstance(other, date):
            return other + self
        _operand()

    def __radd__(self, other):
        _operand()

    def __sub__(self, other):
        if type(other) is timedelta:
            return _duration(self._key - other._key)
        _operand()

    def __rsub__(self, other):
        _operand()

    def __mul__(self, other):
        if type(other) is int:
            return _duration(self._key * other)
        if type(other) is float and other - other == 0:
            above, below = other.as_integer_ratio()
            return _duration(_nearest(self._key * above, below))
        _operand()

    __rmul__ = __mul__

    def __truediv__(self, other):
        if type(other) is timedelta and other._key:
            return self._key / other._key
        if type(other) is int and other:
            return _duration(_nearest(self._key, other))
        if type(other) is float and other and other - other == 0:
            above, below = other.as_integer_ratio()
            return _duration(_nearest(self._key * below, above))
        _operand()

    def __floordiv__(self, other):
        if type(other) is timedelta and other._key:
            return self._key // other._key
        if type(other) is int and other:
            return _duration(self._key // other)
        _operand()

    def __mod__(self, other):
        if type(other) is timedelta and other._key:
            return _duration(self._key % other._key)
        _operand()

    def __divmod__(self, other):
        if type(other) is timedelta and other._key:
            quotient, rest = divmod(self._key, other._key)
            return quotient, _duration(rest)
        _operand()

    def __rtruediv__(self, other):
        _operand()

    __rfloordiv__ = __rmod__ = __rdivmod__ = __rtruediv__


def _strftime(day, clock, form):
    if type(form) is not str:
        _unsupported("strftime with this format")
    if day[0] < 1000:
        _unsupported("strftime of years before 1000")
    n = _ordinal(*day)
    weekday = (n + 6) % 7
    year_day = n - _ordinal(day[0], 1, 1) + 1
    out = []
    i = 0
    while i < len(form):
        letter = form[i]
        i += 1
        if letter == "\0" or not letter.isascii():
            _unsupported("strftime with this format")
        if letter != "%":
            out.append(letter)
            continue
        letter = form[i:i + 1]
        i += 1
        if letter == "Y":
            text = str(day[0])
        elif letter == "m":
            text = "%02d" % day[1]
        elif letter == "d":
            text = "%02d" % day[2]
        elif letter == "e":
            text = "%2d" % day[2]
        elif letter == "y":
            text = "%02d" % (day[0] % 100)
        elif letter == "H":
            text = "%02d" % clock[0]
        elif letter == "I":
            text = "%02d" % ((clock[0] + 11) % 12 + 1)
        elif letter == "M":
            text = "%02d" % clock[1]
        elif letter == "S":
            text = "%02d" % clock[2]
        elif letter == "f":
            text = "%06d" % clock[3]
        elif letter == "p":
            text = "AM" if clock[0] < 12 else "PM"
        elif letter == "j":
            text = "%03d" % year_day
        elif letter == "A":
            text = _DAYS[weekday]
        elif letter == "a":
            text = _DAYS[weekday][:3]
        elif letter == "B":
            text = _MONTHS[day[1] - 1]
        elif letter == "b":
            text = _MONTHS[day[1] - 1][:3]
        elif letter == "w":
            text = str((weekday + 1) % 7)
        elif letter == "u":
            text = str(weekday + 1)
        elif letter == "U":
            text = "%02d" % ((year_day + 6 - (weekday + 1) % 7) // 7)
        elif letter == "W":
            text = "%02d" % ((year_day + 6 - weekday) // 7)
        elif letter == "F":
            text = "%d-%02d-%02d" % day
        elif letter == "T":
            text = "%02d:%02d:%02d" % clock[:3]
        elif letter == "%":
            text = "%"
        else:
            _unsupported("strftime with %" + letter)
        out.append(text)
    return "".join(out)


def _delta_days(cls, ordinal):
    return _make(cls, _from_ordinal(ordinal))


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

    def __new__(cls, year=None, month=None, day=None, *rest, **keywords):
        _plain(rest, keywords)
        _check_date(year, month, day)
        return _make(cls, (year, month, day))

    year = property(lambda self: self._key[0])
    month = property(lambda self: self._key[1])
    day = property(lambda self: self._key[2])

    @classmethod
    def today(cls, *arguments):
        _unsupported("the current date")

    @classmethod
    def fromordinal(cls, n, *rest, **keywords):
        _plain(rest, keywords)
        _integers(n)
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        if n > 3652059:
            _unsupported("ordinals after the year 9999")
        year, month, day = _from_ordinal(n)
        return cls(year, month, day)

    @classmethod
    def fromisoformat(cls, text, *rest, **keywords):
        _plain(rest, keywords)
        if type(text) is not str or not _re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            _unsupported("date.fromisoformat of another form than YYYY-MM-DD")
        return cls(int(text[:4]), int(text[5:7]), int(text[8:]))

    @classmethod
    def fromtimestamp(cls, *arguments):
        _unsupported("dates of time stamps")

    @classmethod
    def fromisocalendar(cls, *arguments, **keywords):
        _unsupported("fromisocalendar")

    def isocalendar(self):
        """Year, week and weekday, where a year's first week is that of its first Thursday."""
        year = self._key[0]
        ordinal = self.toordinal()

        def first_monday(year):
            january = _ordinal(year, 1, 1)
            weekday = (january + 6) % 7
            return january - weekday + (7 if weekday > 3 else 0)

        if ordinal < first_monday(year):
            year -= 1
        elif ordinal >= first_monday(year + 1):
            year += 1
        week, day = divmod(ordinal - first_monday(year), 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def toordinal(self):
        return _ordinal(*self._key[:3])

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return (self.toordinal() + 6) % 7 + 1

    def isoformat(self, *rest, **keywords):
        _plain(rest, keywords)
        return "%04d-%02d-%02d" % self._key

    __str__ = isoformat

    def __repr__(self):
        return "datetime.date(%d, %d, %d)" % self._key

    def ctime(self):
        return "%s %s %2d %s %04d" % (_DAYS[self.weekday()][:3], _MONTHS[self.month - 1][:3], self.day,
                                      _clock_text(*((self._key[3:6] or (0, 0, 0)) + (0,))), self.year)

    def strftime(self, format, *rest, **keywords):
        _plain(rest, keywords)
        return _strftime(self._key[:3], self._key[3:] or (0, 0, 0, 0), format)

    def __format__(self, form):
        return self.strftime(form) if form else str(self)

    def replace(self, year=None, month=None, day=None, *rest, **keywords):
        _plain(rest, keywords)
        return date(*[old if new is None else new for old, new in zip(self._key, (year, month, day))])

    def __hash__(self):
        # CPython hashes the packed fields: the order of sets shows it.
        year, month, day = self._key
        return hash(bytes((year >> 8, year & 255, month, day)))

    def __add__(self, other):
        if type(other) is not timedelta:
            _operand()
        return _delta_days(date, self.toordinal() + other.days)

    __radd__ = __add__

    def __sub__(self, other):
        if type(other) is timedelta:
            return _delta_days(date, self.toordinal() - other.days)
        if type(other) is date:
            return _duration((self.toordinal() - other.toordinal()) * _DAY)
        _operand()

    def __rsub__(self, other):
        _operand()


class tzinfo(_Value):
    """Base of time zones: only zones of one offset are made here."""

    def __new__(cls, *arguments, **keywords):
        _unsupported("time zones of the program's own")


class timezone(tzinfo):
    __slots__ = ()

    def __new__(cls, offset, name=_ABSENT):
        if type(offset) is not timedelta:
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
        micro = offset._key
        if not micro:
            return "UTC"
        seconds, fraction = divmod(abs(micro), 1000000)
        text = f"UTC{'-' if micro < 0 else '+'}{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
        if seconds % 60 or fraction:
            text += f":{seconds % 60:02d}"
        return text + f".{fraction:06d}" if fraction else text

    def __str__(self):
        return self.tzname(None)


timezone.utc = UTC = _make(timezone, (_duration(0), None))
timezone.min = timezone(_duration(-_DAY + 60000000))
timezone.max = timezone(_duration(_DAY - 60000000))


class time(_Value):
    __slots__ = ()

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, *rest, **keywords):
        _plain(rest, keywords)
        _check_time(hour, minute, second, microsecond)
        return _make(cls, (hour, minute, second, microsecond))

    hour = property(lambda self: self._key[0])
    minute = property(lambda self: self._key[1])
    second = property(lambda self: self._key[2])
    microsecond = property(lambda self: self._key[3])
    tzinfo = property(lambda self: None)

    @classmethod
    def fromisoformat(cls, text, *rest, **keywords):
        _plain(rest, keywords)
        _unsupported("time.fromisoformat")

    def isoformat(self, *rest, **keywords):
        _plain(rest, keywords)
        return _clock_text(*self._key)

    __str__ = isoformat

    def __repr__(self):
        return "datetime.time(%s)" % _fields(self._key)

    def strftime(self, format, *rest, **keywords):
        _plain(rest, keywords)
        return _strftime((1900, 1, 1), self._key, format)

    def __format__(self, form):
        return self.strftime(form) if form else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, *rest, **keywords):
        _plain(rest, keywords)
        return time(*[old if new is None else new for old, new in zip(self._key, (hour, minute, second, microsecond))])

    def __hash__(self):
        hour, minute, second, micro = self._key
        return hash(bytes((hour, minute, second, micro >> 16, micro >> 8 & 255, micro & 255)))


def _fields(key):
    """Fields for a repr: no seconds or microseconds where they are zero."""
    key = list(key)
    if not key[-1]:
        key.pop()
        if not key[-1]:
            key.pop()
    return ", ".join(map(str, key))


class datetime(date):
    __slots__ = ()

    def __new__(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, *rest, **keywords):
        _plain(rest, keywords)
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        return _make(cls, (year, month, day, hour, minute, second, microsecond))

    hour = property(lambda self: self._key[3])
    minute = property(lambda self: self._key[4])
    second = property(lambda self: self._key[5])
    microsecond = property(lambda self: self._key[6])
    tzinfo = property(lambda self: None)

    @classmethod
    def now(cls, *arguments, **keywords):
        _unsupported("the current time")

    utcnow = utcfromtimestamp = now

    @classmethod
    def combine(cls, day, clock, *rest, **keywords):
        _plain(rest, keywords)
        if not isinstance(day, date) or type(clock) is not time:
            _unsupported("datetime.combine of these types")
        return cls(*(day._key[:3] + clock._key))

    @classmethod
    def fromisoformat(cls, text, *rest, **keywords):
        _plain(rest, keywords)
        found = type(text) is str and _re.fullmatch(
            r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{6}))?)?)?", text)
        if not found:
            _unsupported("datetime.fromisoformat of this form")
        return cls(*[int(part or 0) for part in found.groups()])

    @classmethod
    def strptime(cls, text, format, *rest, **keywords):
        _plain(rest, keywords)
        return cls(*_strptime(text, format))

    def date(self):
        return _make(_date, self._key[:3])

    def time(self):
        return _make(_time, self._key[3:])

    def isoformat(self, sep="T", *rest, **keywords):
        _plain(rest, keywords)
        if type(sep) is not str or len(sep) != 1:
            _unsupported("datetime.isoformat with this separator")
        return "%04d-%02d-%02d" % self._key[:3] + sep + _clock_text(*self._key[3:])

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        return "datetime.datetime(%s)" % _fields(self._key)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, *rest, **keywords):
        _plain(rest, keywords)
        new = (year, month, day, hour, minute, second, microsecond)
        return datetime(*[old if value is None else value for old, value in zip(self._key, new)])

    def __hash__(self):
        year, month, day, hour, minute, second, micro = self._key
        return hash(bytes((year >> 8, year & 255, month, day, hour, minute, second,
                           micro >> 16, micro >> 8 & 255, micro & 255)))

    def _total(self):
        hour, minute, second, micro = self._key[3:]
        return self.toordinal() * _DAY + ((hour * 60 + minute) * 60 + second) * 1000000 + micro

    def __add__(self, other):
        if type(other) is not timedelta:
            _operand()
        return _moment(self._total() + other._key)

    __radd__ = __add__

    def __sub__(self, other):
        if type(other) is timedelta:
            return _moment(self._total() - other._key)
        if type(other) is datetime:
            return _duration(self._total() - other._total())
        _operand()


def _moment(total):
    day, micro = divmod(total, _DAY)
    second, micro = divmod(micro, 1000000)
    return _make(datetime, _from_ordinal(day) + (second // 3600, second // 60 % 60, second % 60, micro))


_date = date
_time = time


_PATTERNS = {
    "Y": r"(?P<Y>\d\d\d\d)", "m": r"(?P<m>1[0-2]|0[1-9]|[1-9])",
    "d": r"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])", "H": r"(?P<H>2[0-3]|[0-1]\d|\d)",
    "I": r"(?P<I>1[0-2]|0[1-9]|[1-9])", "M": r"(?P<M>[0-5]\d|\d)", "S": r"(?P<S>6[0-1]|[0-5]\d|\d)",
    "f": r"(?P<f>[0-9]{1,6})", "y": r"(?P<y>\d\d)", "p": r"(?P<p>am|pm)", "%": "%",
    "B": "(?P<B>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")",
    "b": "(?P<b>" + "|".join([name[:3] for name in _MONTHS]) + ")",
    "A": "(?P<A>" + "|".join(sorted(_DAYS, key=len, reverse=True)) + ")",
    "a": "(?P<a>" + "|".join([name[:3] for name in _DAYS]) + ")",
}


def _strptime(text, form):
    if type(text) is not str or type(form) is not str or not text.isascii() or not form.isascii():
        _unsupported("strptime of these arguments")
    pattern = []
    i = 0
    while i < len(form):
        letter = form[i]
        i += 1
        if letter == "%":
            letter = form[i:i + 1]
            i += 1
            if letter not in _PATTERNS or (letter != "%" and _PATTERNS[letter] in pattern):
                _unsupported("strptime with %" + letter)
            pattern.append(_PATTERNS[letter])
        elif letter.isspace():
            if not pattern or pattern[-1] != r"\s+":
                pattern.append(r"\s+")
        else:
            pattern.append(_re.escape(letter))
    found = _re.match("".join(pattern), text, _re.IGNORECASE)
    if not found:
        raise ValueError("time data %r does not match format %r" % (text, form))
    if found.end() != len(text):
        raise ValueError("unconverted data remains: " + text[found.end():])
    got = found.groupdict()
    if ("Y" in got and "y" in got) or ("B" in got) + ("b" in got) + ("m" in got) > 1 or ("H" in got and "I" in got):
        _unsupported("strptime with a field given twice")
    year = int(got.get("Y") or 1900)
    if "y" in got:
        year = int(got["y"])
        year += 2000 if year <= 68 else 1900
    elif "Y" not in got and int(got.get("d") or 1) == 29:
        _unsupported("strptime without a year")
    month = int(got.get("m") or 1)
    name = got.get("B") or got.get("b")
    if name:
        month = [month[:3].lower() for month in _MONTHS].index(name[:3].lower()) + 1
    hour = int(got.get("H") or 0)
    if "I" in got:
        hour = int(got["I"]) % 12 + (12 if (got.get("p") or "").lower() == "pm" else 0)
    second = int(got.get("S") or 0)
    if second > 59 or year < 1:
        _unsupported("strptime of leap seconds or the year 0")
    day = int(got.get("d") or 1)
    if day > _month_days(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day, hour, int(got.get("M") or 0), second, int((got.get("f") or "0").ljust(6, "0"))


timedelta.min = _duration(-999999999 * _DAY)
timedelta.max = _duration(1000000000 * _DAY - 1)
timedelta.resolution = _duration(1)
date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = _duration(_DAY)
time.min = time()
time.max = time(23, 59, 59, 999999)
time.resolution = _duration(1)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = _duration(1)
_open = False

for _class in (date, time, datetime, timedelta, tzinfo, timezone):
    _title(_class, "datetime." + _class.__name__)
del _class
