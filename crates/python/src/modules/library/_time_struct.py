"""The parts of `time` that make text of given times and times of text."""

import _datetime_text as _text

from _tracer import title as _title, unsupported as _unsupported

_FIELDS = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


class struct_time(tuple):
    """The nine fields of a time, and its zone."""

    __slots__ = ()
    n_fields, n_sequence_fields, n_unnamed_fields = 11, 9, 0
    __match_args__ = _FIELDS

    def __new__(cls, sequence, dict=None, /):
        fields = tuple(sequence)
        if dict is not None or len(fields) > 9:
            _unsupported("time.struct_time with a zone")
        if len(fields) < 9:
            raise TypeError(f"time.struct_time() takes an at least 9-sequence ({len(fields)}-sequence given)")
        return tuple.__new__(cls, fields)

    def __repr__(self):
        return f"time.struct_time({', '.join([f'{name}={value!r}' for name, value in zip(_FIELDS, self)])})"

    @property
    def tm_zone(self):
        _unsupported("the zone of a time.struct_time")

    tm_gmtoff = tm_zone


for _at, _name in enumerate(_FIELDS):
    setattr(struct_time, _name, property(lambda self, at=_at: self[at]))
_title(struct_time, "time.struct_time")
struct_time.__module__ = "time"


def _checked(given, name):
    if not isinstance(given, tuple):
        raise TypeError("Tuple or struct_time argument required")
    if len(given) < 9:
        raise TypeError(f"{name}(): illegal time tuple argument")
    if not all([type(value) is int for value in given[:9]]):
        _unsupported(f"time.{name} of such fields")
    year, month, day, hour, minute, second, weekday, year_day, _ = given[:9]
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= _text.month_days(year, month) or not (
            0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        _unsupported(f"time.{name} of fields out of range")
    ordinal = _text.to_ordinal(year, month, day)
    if weekday != (ordinal + 6) % 7 or year_day != ordinal - _text.to_ordinal(year, 1, 1) + 1:
        _unsupported(f"time.{name} of fields that disagree")
    return (year, month, day), (hour, minute, second, 0)


def gmtime(seconds=None, /):
    if seconds is None:
        _unsupported("the clock (time.gmtime)")
    if not isinstance(seconds, (int, float)):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    if not -62135596800 <= seconds < 253402300800:
        _unsupported("time.gmtime out of range")
    days, rest = divmod(int(seconds // 1), 86400)
    year, month, day = _text.from_ordinal(days + 719163)
    ordinal = days + 719163
    return struct_time((year, month, day, rest // 3600, rest // 60 % 60, rest % 60, (ordinal + 6) % 7,
                        ordinal - _text.to_ordinal(year, 1, 1) + 1, 0))


def strftime(format, t=None, /):
    if t is None:
        _unsupported("the clock (time.strftime)")
    day, clock = _checked(t, "strftime")
    return _text.strftime(day, clock, format, micro=False)


def asctime(t=None, /):
    if t is None:
        _unsupported("the clock (time.asctime)")
    (year, month, day), clock = _checked(t, "asctime")
    return "%s %s %2d %02d:%02d:%02d %d" % (
        (_text.DAYS[t[6]][:3], _text.MONTHS[month - 1][:3], day) + clock[:3] + (year,))


def strptime(string, format="%a %b %d %H:%M:%S %Y", /):
    year, month, day, hour, minute, second, _, offset, name = _text.strptime(string, format)
    if offset is not None or name is not None:
        _unsupported("time.strptime with a zone")
    ordinal = _text.to_ordinal(year, month, day)
    return struct_time((year, month, day, hour, minute, second, (ordinal + 6) % 7,
                        ordinal - _text.to_ordinal(year, 1, 1) + 1, -1))
