"""Durations, and what all classes of `datetime` share."""

import _datetime_text as _text

from _tracer import title as _title, unsupported as _unsupported

_DAY = 86400000000
_ABSENT = object()


def _integer(value):
    if type(value) is not int:
        if not hasattr(type(value), "__index__"):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        value = value.__index__()
    if not -2147483648 <= value <= 2147483647:
        _unsupported("huge fields of dates")
    return value


def _arguments(given, names, most, rest, keywords, function=""):
    """Complains of what a function was given too much of, or not."""
    count = sum([value is not _ABSENT for value in given]) + len(rest) + len(keywords)
    if count > most:
        raise TypeError(f"{function + '()' if function else 'function'} takes at most {most} arguments ({count} given)")
    for at, (value, name) in enumerate(zip(given, names), 1):
        if value is _ABSENT:
            raise TypeError(f"{function + '()' if function else 'function'} missing required argument '{name}' (pos {at})")
    for name in keywords:
        raise TypeError(f"'{name}' is an invalid keyword argument for {function + '()' if function else 'this function'}")


def _check_date(year, month, day):
    year, month, day = _integer(year), _integer(month), _integer(day)
    if not 1 <= year <= 9999:
        raise ValueError("year %d is out of range" % year)
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= _text.month_days(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def _check_time(hour, minute, second, microsecond):
    hour, minute, second, microsecond = _integer(hour), _integer(minute), _integer(second), _integer(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    return hour, minute, second, microsecond


def _nearest(a, b):
    """a / b rounded to the nearest integer, ties to even."""
    if b < 0:
        a, b = -a, -b
    whole, rest = divmod(a, b)
    if 2 * rest > b or (2 * rest == b and whole & 1):
        whole += 1
    return whole


class _Field:
    """An attribute that can be read only."""

    def __init__(self, owner, name, at):
        self._owner = owner
        self._name = name
        self._at = at

    def __get__(self, value, owner=None):
        return self if value is None else value._key[self._at]

    def __set__(self, value, new):
        raise AttributeError(f"attribute '{self._name}' of 'datetime.{self._owner}' objects is not writable")

    __delete__ = lambda self, value: self.__set__(value, None)

    def __repr__(self):
        return f"<attribute '{self._name}' of 'datetime.{self._owner}' objects>"


class _Place(_Field):
    """An attribute in a slot of its own."""

    def __get__(self, value, owner=None):
        return self if value is None else getattr(value, self._at)


class _Member(_Place):
    """The same, as one that CPython keeps in the object's structure."""

    def __set__(self, value, new):
        raise AttributeError("readonly attribute")

    def __repr__(self):
        return f"<member '{self._name}' of 'datetime.{self._owner}' objects>"


class _Value:
    """What all classes here share: fields that never change."""

    __slots__ = ("_key",)

    def __reduce__(self):
        _unsupported("pickling the values of datetime")

    def __reduce_ex__(self, protocol):
        _unsupported("pickling the values of datetime")

    def __copy__(self):
        return self if getattr(self, "__dict__", None) is None else _unsupported("copying such values of datetime")

    def __deepcopy__(self, memo):
        return self.__copy__()

    def _shown(self):
        """The name of the class as a repr has it."""
        cls = type(self)
        return "datetime." + cls.__name__ if cls.__module__ == "datetime" else cls.__name__


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


def _zone_answer(zone, name, moment):
    """What a time zone says of a moment: its offset or its correction for daylight saving."""
    if zone is None:
        return None
    answer = getattr(zone, name)(moment)
    if answer is None or name == "tzname" and isinstance(answer, str):
        return answer
    if name == "tzname":
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(answer).__name__}'")
    if not isinstance(answer, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or timedelta, not '{type(answer).__name__}'")
    if not -_DAY < answer._key < _DAY:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
    return answer


class timedelta(_Value):
    """A duration, kept in microseconds."""

    __slots__ = ()

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0, *rest, **keywords):
        _arguments((), (), 7, (days, seconds, microseconds, milliseconds, minutes, hours, weeks) + rest if rest else (),
                   keywords, "__new__")
        total = 0
        left = 0.0
        for name, value, factor in (("microseconds", microseconds, 1), ("milliseconds", milliseconds, 1000),
                                    ("seconds", seconds, 1000000), ("minutes", minutes, 60000000),
                                    ("hours", hours, 3600000000), ("days", days, _DAY), ("weeks", weeks, 7 * _DAY)):
            if isinstance(value, int):
                total += value * factor
            elif isinstance(value, float):
                whole = int(value)
                total += whole * factor
                part = (value - whole) * factor if abs(value) < 9e15 else 0.0
                whole = int(part)
                total += whole
                left += part - whole
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
        if left:
            whole = int(left // 1)
            rest = left - whole
            if rest > 0.5 or (rest == 0.5 and (total + whole) & 1):
                whole += 1
            total += whole
        made = _duration(total)
        return made if cls is timedelta else _make(cls, total)

    _days = property(lambda self: self._key // _DAY)
    _seconds = property(lambda self: self._key % _DAY // 1000000)
    _microseconds = property(lambda self: self._key % 1000000)
    days = _Member("timedelta", "days", "_days")
    seconds = _Member("timedelta", "seconds", "_seconds")
    microseconds = _Member("timedelta", "microseconds", "_microseconds")

    def total_seconds(self):
        return self._key / 1000000

    def __repr__(self):
        parts = []
        for name in ("days", "seconds", "microseconds"):
            value = getattr(self, name)
            if value:
                parts.append("%s=%d" % (name, value))
        return "%s(%s)" % (self._shown(), ", ".join(parts) or "0")

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

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, timedelta) else NotImplemented

    def __add__(self, other):
        return _duration(self._key + other._key) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return _duration(self._key - other._key) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return _duration(other._key - self._key) if isinstance(other, timedelta) else NotImplemented

    def __mul__(self, other):
        if isinstance(other, int):
            return _duration(self._key * other)
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return _duration(_nearest(self._key * above, below))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._key / other._key
        if isinstance(other, int):
            return _duration(_nearest(self._key, int(other)))
        if isinstance(other, float):
            above, below = other.as_integer_ratio()
            return _duration(_nearest(self._key * below, above))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._key // other._key
        return _duration(self._key // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return _duration(self._key % other._key) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._key, other._key)
        return quotient, _duration(rest)


timedelta.min = _duration(-999999999 * _DAY)
timedelta.max = _duration(1000000000 * _DAY - 1)
timedelta.resolution = _duration(1)
timedelta.__module__ = "datetime"
_title(timedelta, "datetime.timedelta")
