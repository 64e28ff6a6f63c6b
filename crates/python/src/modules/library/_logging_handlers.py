"""Records of `logging`, filters, and handlers, which bring records to streams."""

import sys as _sys

from _logging_format import _Measured, _State, _defaultFormatter, is_measured as _is_measured, is_own as _is_own
from _tracer import generic_alias as _generic_alias, is_standard_error as _is_standard_error, seal as _seal
from _tracer import unsupported as _unsupported

__name__ = "logging"

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_levelToName = {50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET"}
_nameToLevel = {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10,
                "NOTSET": 0}


def getLevelNamesMapping():
    return _nameToLevel.copy()


def getLevelName(level):
    for names in (_levelToName, _nameToLevel):
        found = names.get(level)
        if found is not None:
            return found
    return "Level %s" % level


def addLevelName(level, levelName):
    _levelToName[level] = levelName
    _nameToLevel[levelName] = level


def _checkLevel(level):
    if isinstance(level, int):
        return level
    if str(level) != level:
        raise TypeError(f"Level not an integer or a valid string: {level!r}")
    if level not in _nameToLevel:
        raise ValueError(f"Unknown level: {level!r}")
    return _nameToLevel[level]


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        self.name = name
        self.msg = msg
        if args and len(args) == 1 and args[0]:
            from collections.abc import Mapping
            if isinstance(args[0], Mapping):
                args = args[0]
        self.args = args
        self.levelname = getLevelName(level)
        self.levelno = level
        self.pathname = pathname
        if isinstance(pathname, str):
            self.filename = pathname.rpartition("/")[2]
            stem = self.filename.lstrip(".")
            self.module = self.filename.rpartition(".")[0] if "." in stem else self.filename
        else:
            self.filename = pathname
            self.module = "Unknown module"
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.lineno, self.funcName = lineno, func
        self.created = _Measured()
        self.msecs = _Measured()
        self.relativeCreated = _Measured()
        self.thread = _Measured()
        self.threadName = "MainThread"
        self.processName = "MainProcess"
        self.process = _Measured()

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'

    def getMessage(self):
        text = str(self.msg)
        return text % self.args if self.args else text


class Filter:
    def __init__(self, name=""):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        if self.nlen == 0 or self.name == record.name:
            return True
        return record.name.startswith(self.name) and record.name[self.nlen] == "."


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        for condition in self.filters:
            passes = condition.filter(record) if hasattr(condition, "filter") else condition(record)
            if not passes:
                return False
        return True


_handlerList = []


class Handler(Filterer):
    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self._name, self.level = None, _checkLevel(level)
        self.formatter, self._closed = None, False
        _handlerList.append(self)
        self.createLock()

    def get_name(self):
        return self._name

    def set_name(self, name):
        self._name = name

    name = property(get_name, set_name)

    def createLock(self):
        # One thread at a time runs, so that a lock would have nothing to do.
        pass

    def acquire(self):
        pass

    def release(self):
        pass

    @property
    def lock(self):
        _unsupported("the lock of a logging handler")

    def setLevel(self, level):
        self.level = _checkLevel(level)

    def format(self, record):
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        passes = self.filter(record)
        if passes:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return passes

    def setFormatter(self, fmt):
        self.formatter = fmt

    def flush(self):
        pass

    def close(self):
        self._closed = True

    def handleError(self, record):
        """The report goes to standard error: what of the program would run for it, runs."""
        import logging
        if logging.raiseExceptions and _sys.stderr:
            if not _is_standard_error(_sys.stderr):
                _unsupported("the report of an error within logging")
            error = _sys.exc_info()[1]
            try:
                str(error)
            except Exception:
                pass
            try:
                f"{record.msg!r} {record.args!s}"
            except RecursionError:
                raise
            except Exception:
                pass

    def __repr__(self):
        return f"<{self.__class__.__name__} ({getLevelName(self.level)})>"


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = _sys.stderr if stream is None else stream

    def flush(self):
        if self.stream and hasattr(self.stream, "flush"):
            self.stream.flush()

    def emit(self, record):
        try:
            text = self._text(record)
            self.stream.write(text + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def _text(self, record):
        """The text of a record, with made-up times where nobody reads it."""
        formatter = self.formatter or _defaultFormatter
        hidden = False
        if type(self).format is Handler.format and _is_own(formatter):
            hidden = _is_standard_error(self.stream) or _is_measured(formatter) and _seal(self.stream)
        before = _State.hidden
        _State.hidden = hidden
        try:
            return self.format(record)
        finally:
            _State.hidden = before

    def setStream(self, stream):
        if stream is self.stream:
            return None
        previous = self.stream
        self.flush()
        self.stream = stream
        return previous

    def __repr__(self):
        name = str(getattr(self.stream, "name", ""))
        return f"<{self.__class__.__name__} {name + ' ' if name else ''}({getLevelName(self.level)})>"

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        _unsupported("logging.FileHandler")


class NullHandler(Handler):
    lock = None

    def handle(self, record):
        pass

    def emit(self, record):
        pass


class _StderrHandler(StreamHandler):
    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)

    @property
    def stream(self):
        return _sys.stderr


def shutdown(handlerList=_handlerList):
    for handler in reversed(handlerList[:]):
        kind = type(handler)
        if kind.__module__ != "logging" and kind.flush not in (Handler.flush, StreamHandler.flush) or (
                kind.close is not Handler.close):
            # Which handlers are still alive is not known.
            _unsupported("logging.shutdown with handlers of the program's own")
        handler.flush()
        handler.close()
