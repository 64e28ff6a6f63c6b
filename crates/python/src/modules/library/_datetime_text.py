"""What `datetime` and `time` share: days and their numbers, text made of dates and dates read from text."""

import re as _re

from _tracer import unsupported as _unsupported

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")
_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_days(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def to_ordinal(year, month, day):
    past = year - 1
    leap_day = 1 if month > 2 and is_leap(year) else 0
    return past * 365 + past // 4 - past // 100 + past // 400 + _BEFORE[month] + leap_day + day


def from_ordinal(n):
    if n < 1 or n > 3652059:
        raise OverflowError("date value out of range")
    year = (n * 400) // 146097 + 1
    while to_ordinal(year, 1, 1) > n:
        year -= 1
    while year < 9999 and to_ordinal(year + 1, 1, 1) <= n:
        year += 1
    month = 12
    while to_ordinal(year, month, 1) > n:
        month -= 1
    return year, month, n - to_ordinal(year, month, 1) + 1


def first_monday(year):
    """The number of the Monday that begins a year's first week, which is that of its first Thursday."""
    january = to_ordinal(year, 1, 1)
    weekday = (january + 6) % 7
    return january - weekday + (7 if weekday > 3 else 0)


def iso_calendar(year, ordinal):
    if ordinal < first_monday(year):
        year -= 1
    elif ordinal >= first_monday(year + 1):
        year += 1
    week, day = divmod(ordinal - first_monday(year), 7)
    return year, week + 1, day + 1


def from_iso_calendar(year, week, day):
    if not 1 <= year <= 9999:
        raise ValueError(f"Year is out of range: {year}")
    long_year = first_monday(year + 1) - first_monday(year) == 53 * 7
    if not 1 <= week <= 52 + long_year:
        raise ValueError(f"Invalid week: {week}")
    if not 1 <= day <= 7:
        raise ValueError(f"Invalid day: {day} (range is [1, 7])")
    return from_ordinal(first_monday(year) + (week - 1) * 7 + day - 1)


def clock_text(hour, minute, second, microsecond, timespec="auto"):
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "hours":
        return "%02d" % hour
    if timespec == "minutes":
        return "%02d:%02d" % (hour, minute)
    text = "%02d:%02d:%02d" % (hour, minute, second)
    if timespec == "seconds":
        return text
    if timespec == "milliseconds":
        return text + ".%03d" % (microsecond // 1000)
    if timespec == "microseconds":
        return text + ".%06d" % microsecond
    raise ValueError("Unknown timespec value")


def offset_text(micro, colon):
    """An offset of so many microseconds."""
    sign = "-" if micro < 0 else "+"
    seconds, fraction = divmod(abs(micro), 1000000)
    text = f"{sign}{seconds // 3600:02d}{colon}{seconds // 60 % 60:02d}"
    if seconds % 60 or fraction:
        text += f"{colon}{seconds % 60:02d}"
    return text + f".{fraction:06d}" if fraction else text


def _part(letter, day, clock, weekday, year_day, zone):
    """Text of a directive, and the width and filling that its flags may change (no width where it is no number)."""
    if letter == "Y":
        return str(day[0]), 0, "0"
    if letter == "m":
        return str(day[1]), 2, "0"
    if letter == "d":
        return str(day[2]), 2, "0"
    if letter == "e":
        return str(day[2]), 2, " "
    if letter == "y":
        return str(day[0] % 100), 2, "0"
    if letter == "C":
        return str(day[0] // 100), 2, "0"
    if letter == "H":
        return str(clock[0]), 2, "0"
    if letter == "k":
        return str(clock[0]), 2, " "
    if letter == "I":
        return str((clock[0] + 11) % 12 + 1), 2, "0"
    if letter == "l":
        return str((clock[0] + 11) % 12 + 1), 2, " "
    if letter == "M":
        return str(clock[1]), 2, "0"
    if letter == "S":
        return str(clock[2]), 2, "0"
    if letter == "j":
        return str(year_day), 3, "0"
    if letter == "w":
        return str((weekday + 1) % 7), 1, "0"
    if letter == "u":
        return str(weekday + 1), 1, "0"
    if letter == "U":
        return str((year_day + 6 - (weekday + 1) % 7) // 7), 2, "0"
    if letter == "W":
        return str((year_day + 6 - weekday) // 7), 2, "0"
    if letter in ("G", "g", "V"):
        year, week, _ = iso_calendar(day[0], to_ordinal(*day))
        if letter == "V":
            return str(week), 2, "0"
        return (str(year), 0, "0") if letter == "G" else (str(year % 100), 2, "0")
    if letter == "p":
        return ("AM" if clock[0] < 12 else "PM"), None, ""
    if letter == "P":
        return ("am" if clock[0] < 12 else "pm"), None, ""
    if letter == "A":
        return DAYS[weekday], None, ""
    if letter == "a":
        return DAYS[weekday][:3], None, ""
    if letter == "B":
        return MONTHS[day[1] - 1], None, ""
    if letter == "b" or letter == "h":
        return MONTHS[day[1] - 1][:3], None, ""
    if letter == "F":
        return "%d-%02d-%02d" % day, None, ""
    if letter == "T" or letter == "X":
        return "%02d:%02d:%02d" % clock[:3], None, ""
    if letter == "R":
        return "%02d:%02d" % clock[:2], None, ""
    if letter == "r":
        return "%02d:%02d:%02d %s" % ((clock[0] + 11) % 12 + 1, clock[1], clock[2], "AM" if clock[0] < 12 else "PM"), None, ""
    if letter == "D" or letter == "x":
        return "%02d/%02d/%02d" % (day[1], day[2], day[0] % 100), None, ""
    if letter == "c":
        return "%s %s %2d %02d:%02d:%02d %d" % (
            (DAYS[weekday][:3], MONTHS[day[1] - 1][:3], day[2]) + clock[:3] + (day[0],)), None, ""
    if letter == "n":
        return "\n", None, ""
    if letter == "t":
        return "\t", None, ""
    _unsupported("strftime with %" + letter)


def strftime(day, clock, form, zone=None, micro=True):
    """A date and a time of day as a format shows them; `zone` is asked for an offset and a name, or is None."""
    if not isinstance(form, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(form).__name__}")
    if day[0] < 1000:
        _unsupported("strftime of years before 1000")
    n = to_ordinal(*day)
    weekday = (n + 6) % 7
    year_day = n - to_ordinal(day[0], 1, 1) + 1
    out = []
    i = 0
    while i < len(form):
        letter = form[i]
        i += 1
        if letter == "\0":
            _unsupported("strftime with this format")
        if letter != "%":
            out.append(letter)
            continue
        letter = form[i:i + 1]
        i += 1
        if letter == "%":
            out.append("%")
        elif letter == "f" and micro:
            out.append("%06d" % clock[3])
        elif letter == "z":
            if not micro:
                _unsupported("strftime with %z")
            offset = None if zone is None else zone.utcoffset()
            if offset is not None:
                out.append(offset_text(offset._key, ""))
        elif letter == "Z":
            if not micro:
                _unsupported("strftime with %Z")
            name = None if zone is None else zone.tzname()
            if name is not None:
                out.append(name)
        elif letter and letter in "-_0^":
            flag, letter = letter, form[i:i + 1]
            i += 1
            text, width, filling = _part(letter, day, clock, weekday, year_day, zone)
            if flag == "^":
                out.append((text if width is None else text.rjust(width, filling)).upper())
            elif width is None:
                _unsupported("strftime with %" + flag + letter)
            else:
                out.append(text if flag == "-" else text.rjust(width, " " if flag == "_" else "0"))
        else:
            text, width, filling = _part(letter, day, clock, weekday, year_day, zone)
            out.append(text if width is None else text.rjust(width, filling))
    return "".join(out)


def _invalid(text):
    raise ValueError(f"Invalid isoformat string: {text!r}")


_ISO_DATE = _re.compile(r"(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-?W\d.*)", _re.ASCII)
_ISO_WEEK = _re.compile(r"(\d{4})(?:-W(\d\d)(?:-(\d))?|W(\d\d)(\d)?)", _re.ASCII)
_ISO_CLOCK = _re.compile(r"(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?", _re.ASCII)


def iso_date(text):
    """Year, month and day of a text like 2020-01-31, 20200131, 2020-W05-5, …"""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    if len(text) in (7, 8, 10):
        week = _ISO_WEEK.fullmatch(text)
        if week:
            year, one, two, three, four = week.groups()
            if not (1 <= int(one or three) <= 52 and 1 <= int(two or four or 1) <= 7):
                _unsupported("ISO dates of a 53rd week")
            return from_iso_calendar(int(year), int(one or three), int(two or four or 1))
        found = _ISO_DATE.fullmatch(text)
        if found and (found.group(2) or found.group(4)):
            return int(found.group(1)), int(found.group(2) or found.group(4)), int(found.group(3) or found.group(5))
    _invalid(text)


def _iso_clock(part, text):
    found = _ISO_CLOCK.fullmatch(part)
    if not found:
        if "." in part or "," in part:
            _unsupported("an ISO time of this form")
        _invalid(text)
    hour, m1, s1, f1, m2, s2, f2 = found.groups()
    micro = ((f1 or f2 or "") + "000000")[:6]
    return int(hour), int(m1 or m2 or 0), int(s1 or s2 or 0), int(micro)


def iso_time(part, text):
    """Hour, minute, second, microsecond and the offset in microseconds or None."""
    at = min([place for place in map(part.find, "+-Z") if place >= 0], default=-1)
    if at < 0:
        return _iso_clock(part, text), None
    if not _ISO_CLOCK.fullmatch(part[:at]):
        _unsupported("an ISO time of this form")
    clock = _iso_clock(part[:at], text)
    if part[at] == "Z":
        if at + 1 < len(part):
            _invalid(text)
        return clock, 0
    hour, minute, second, micro = _iso_clock(part[at + 1:], text)
    offset = ((hour * 60 + minute) * 60 + second) * 1000000 + micro
    return clock, -offset if part[at] == "-" else offset


def iso_datetime(text):
    """Year, month, day; the time of day; the offset."""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    if len(text) < 7:
        _invalid(text)
    found = _ISO_DATE.match(text)
    if not found:
        _invalid(text)
    if not (found.group(2) or found.group(4)):
        if len(text) in (7, 8, 10) and _ISO_WEEK.fullmatch(text):
            return iso_date(text), (0, 0, 0, 0), None
        _unsupported("a week and a time in ISO form")
    day = iso_date(text[:found.end()])
    if len(text) == found.end():
        return day, (0, 0, 0, 0), None
    return (day,) + iso_time(text[found.end() + 1:], text)


_PATTERNS = {
    "Y": r"(?P<Y>\d\d\d\d)", "m": r"(?P<m>1[0-2]|0[1-9]|[1-9])",
    "d": r"(?P<d>3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9])", "H": r"(?P<H>2[0-3]|[0-1]\d|\d)",
    "I": r"(?P<I>1[0-2]|0[1-9]|[1-9])", "M": r"(?P<M>[0-5]\d|\d)", "S": r"(?P<S>6[0-1]|[0-5]\d|\d)",
    "f": r"(?P<f>[0-9]{1,6})", "y": r"(?P<y>\d\d)", "p": r"(?P<p>am|pm)", "%": "%",
    "j": r"(?P<j>36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9])",
    "w": "(?P<w>[0-6])", "u": "(?P<u>[1-7])", "Z": "(?P<Z>utc|gmt)",
    "z": r"(?P<z>[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z))",
    "B": "(?P<B>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")",
    "b": "(?P<b>" + "|".join([name[:3] for name in MONTHS]) + ")",
    "A": "(?P<A>" + "|".join(sorted(DAYS, key=len, reverse=True)) + ")",
    "a": "(?P<a>" + "|".join([name[:3] for name in DAYS]) + ")",
}
_TOGETHER = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}


def strptime(text, form):
    """Year, month, day, hour, minute, second, microsecond, offset in microseconds or None, name of the zone or None."""
    for number, value in enumerate((text, form), 1):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {number} must be str, not {type(value).__name__}")
    if not text.isascii() or not form.isascii():
        _unsupported("strptime of these arguments")
    for letter, longer in _TOGETHER.items():
        if "%%" not in form:
            form_read = form.replace("%" + letter, longer)
            if form_read != form:
                _unsupported("strptime with %" + letter)
    pattern = []
    i = 0
    while i < len(form):
        letter = form[i]
        i += 1
        if letter == "%":
            letter = form[i:i + 1]
            i += 1
            if not letter:
                raise ValueError("stray %% in format '%s'" % form)
            if letter not in _PATTERNS:
                if letter in "UWGVcxX":
                    _unsupported("strptime with %" + letter)
                raise ValueError("'%s' is a bad directive in format '%s'" % (letter, form))
            if letter != "%" and _PATTERNS[letter] in pattern:
                _unsupported("strptime with a field given twice")
            pattern.append(_PATTERNS[letter])
        elif letter.isspace():
            if not pattern or pattern[-1] != r"\s+":
                pattern.append(r"\s+")
        else:
            pattern.append(_re.escape(letter))
    found = _re.match("".join(pattern), text, _re.IGNORECASE)
    if not found:
        if "%Z" in form:
            _unsupported("strptime with %Z of another zone")
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
    elif "Y" not in got and (int(got.get("d") or 1) == 29 or "j" in got):
        _unsupported("strptime without a year")
    month = int(got.get("m") or 1)
    name = got.get("B") or got.get("b")
    if name:
        month = [month[:3].lower() for month in MONTHS].index(name[:3].lower()) + 1
    hour = int(got.get("H") or 0)
    if "I" in got:
        hour = int(got["I"]) % 12 + (12 if (got.get("p") or "").lower() == "pm" else 0)
    second = int(got.get("S") or 0)
    if second > 59 or year < 1:
        _unsupported("strptime of leap seconds or the year 0")
    day = int(got.get("d") or 1)
    if "j" in got:
        if int(got["j"]) == 366 and not is_leap(year):
            _unsupported("strptime of the 366th day of a common year")
        year, month, day = from_ordinal(to_ordinal(year, 1, 1) + int(got["j"]) - 1)
    if day > month_days(year, month):
        raise ValueError("day is out of range for month")
    offset = None
    if got.get("z"):
        offset = _offset(got["z"])
    zone = got.get("Z")
    return (year, month, day, hour, int(got.get("M") or 0), second, int((got.get("f") or "0").ljust(6, "0")), offset,
            zone)


def _offset(text):
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "")
    if text.count(":") not in (0, len(digits.partition(".")[0]) // 2 - 1):
        _unsupported("strptime with such an offset")
    whole, _, fraction = digits.partition(".")
    seconds = int(whole[:2]) * 3600 + int(whole[2:4]) * 60 + int(whole[4:6] or 0)
    micro = seconds * 1000000 + int(fraction.ljust(6, "0") or 0)
    return -micro if text[0] == "-" else micro
