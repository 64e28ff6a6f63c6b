"""How `logging` makes text of a record."""

import re as _re
import sys as _sys

from _tracer import unsupported as _unsupported

__name__ = "logging"

# Fields that depend on the clock or on the machine.
_MEASURED = ("asctime", "created", "msecs", "relativeCreated", "process", "thread")
_measured_in_format = _re.compile(r"\b(?:" + "|".join(_MEASURED) + r")\b")


class _Measured:
    """The value of such a field: it refuses to be looked at."""

    def _refuse(self, *args):
        _unsupported("times, processes and threads of log records")


for _name in ("repr", "str", "int", "float", "index", "format", "eq", "ne", "lt", "le", "gt", "ge", "add", "radd", "sub",
              "rsub", "mul", "rmul", "truediv", "floordiv", "mod", "bool", "hash", "round", "getattr"):
    setattr(_Measured, f"__{_name}__", _Measured._refuse)
del _name


class _State:
    # Whether nobody reads what is formatted now, so that any time will do.
    hidden = False


def is_measured(formatter):
    """Whether the text of a formatter depends on measured fields."""
    return _measured_in_format.search(formatter._fmt) is not None


def is_own(formatter):
    """Whether none of a formatter's text passes through methods of the program's."""
    kind = type(formatter)
    return (isinstance(formatter, Formatter) and kind.format is Formatter.format
            and kind.formatTime is Formatter.formatTime and kind.formatMessage is Formatter.formatMessage)


class PercentStyle:
    default_format = "%(message)s"
    asctime_format = "%(asctime)s"
    asctime_search = "%(asctime)"
    validation_pattern = _re.compile(r"%\(\w+\)[#0 +-]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[acdefgiorsux%]", _re.IGNORECASE)

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults

    def usesTime(self):
        return self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        if not self.validation_pattern.search(self._fmt):
            raise ValueError(f"Invalid format '{self._fmt}' for '{self.default_format[0]}' style")

    def _values(self, record):
        values = record.__dict__
        if self._defaults:
            values = self._defaults | values
        if _State.hidden:
            values = dict(values)
            for name in _MEASURED:
                if type(values.get(name)) is _Measured:
                    values[name] = "" if name == "asctime" else 0
        return values

    def _format(self, record):
        return self._fmt % self._values(record)

    def format(self, record):
        try:
            return self._format(record)
        except KeyError as error:
            raise ValueError(f"Formatting field not found in record: {error}")


class StrFormatStyle(PercentStyle):
    default_format = "{message}"
    asctime_format = "{asctime}"
    asctime_search = "{asctime"
    fmt_spec = _re.compile(r"^(.?[<>=^])?[+ -]?#?0?(\d+|{\w+})?[,_]?(\.(\d+|{\w+}))?[bcdefgnosx%]?$", _re.IGNORECASE)
    field_spec = _re.compile(r"^(\d+|\w+)(\.\w+|\[[^]]+\])*$")

    def _format(self, record):
        return self._fmt.format(**self._values(record))

    def validate(self):
        from string import Formatter as parser
        found = False
        try:
            for _, name, spec, conversion in parser().parse(self._fmt):
                if name:
                    found = True
                    if not self.field_spec.match(name):
                        raise ValueError(f"invalid field name/expression: {name!r}")
                if conversion and conversion not in "rsa":
                    raise ValueError(f"invalid conversion: {conversion!r}")
                if spec and not self.fmt_spec.match(spec):
                    raise ValueError(f"bad specifier: {spec!r}")
        except ValueError as error:
            raise ValueError(f"invalid format: {error}")
        if not found:
            raise ValueError("invalid format: no fields")


class StringTemplateStyle(PercentStyle):
    default_format = "${message}"
    asctime_format = "${asctime}"
    asctime_search = "${asctime}"

    def __init__(self, fmt, *, defaults=None):
        from string import Template
        super().__init__(fmt, defaults=defaults)
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return "$asctime" in self._fmt or self.asctime_search in self._fmt

    def validate(self):
        text = self._fmt.replace("$$", "")
        names = _re.findall(r"\$(?:\w+|{\w+})", text)
        if text.count("$") > len(names):
            raise ValueError("invalid format: bare '$' not allowed")
        if not names:
            raise ValueError("invalid format: no fields")

    def _format(self, record):
        return self._tpl.substitute(**self._values(record))


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_STYLES = {"%": (PercentStyle, BASIC_FORMAT), "{": (StrFormatStyle, "{levelname}:{name}:{message}"),
           "$": (StringTemplateStyle, "${levelname}:${name}:${message}")}


def _no_clock(seconds=None):
    _unsupported("logging.Formatter.converter")


class Formatter:
    converter = staticmethod(_no_clock)
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in _STYLES:
            raise ValueError("Style must be one of: %,{,$")
        self._style = _STYLES[style][0](fmt, defaults=defaults)
        if validate:
            self._style.validate()
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        return _Measured()

    def formatException(self, ei):
        import traceback
        text = "".join(traceback.format_exception(ei[0], ei[1], ei[2]))
        return text[:-1] if text[-1:] == "\n" else text

    def usesTime(self):
        return self._style.usesTime()

    def formatMessage(self, record):
        return self._style.format(record)

    def formatStack(self, stack_info):
        return stack_info

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text and not self._is_report_unseen(record):
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, record.stack_info and self.formatStack(record.stack_info)):
            if more:
                text = text + more if text[-1:] == "\n" else text + "\n" + more
        return text

    def _is_report_unseen(self, record):
        """Whether nobody sees the report of an exception, whose text runs nothing of the program's either."""
        if not _State.hidden or type(self).formatException is not Formatter.formatException:
            return False
        error = record.exc_info[1]
        while error is not None:
            if type(error).__module__ == "__main__":
                return False
            error = error.__cause__ or error.__context__
        return True


_defaultFormatter = Formatter()


class BufferingFormatter:
    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        return ""

    def formatFooter(self, records):
        return ""

    def format(self, records):
        if not len(records):
            return ""
        text = self.formatHeader(records)
        for record in records:
            text = text + self.linefmt.format(record)
        return text + self.formatFooter(records)
