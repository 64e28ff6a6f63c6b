"""`logging`: loggers in a hierarchy, handlers and formats."""

import sys as _sys

from _absent import function as _function
from _logging_format import (BASIC_FORMAT, BufferingFormatter, Formatter, PercentStyle, StrFormatStyle,
                             StringTemplateStyle, _STYLES, _Measured, _defaultFormatter)
from _logging_handlers import (CRITICAL, DEBUG, ERROR, FATAL, INFO, NOTSET, WARN, WARNING, FileHandler, Filter, Filterer,
                               Handler, LogRecord, NullHandler, StreamHandler, _StderrHandler, _checkLevel,
                               _levelToName, _nameToLevel, addLevelName, getLevelName, getLevelNamesMapping, shutdown)
from _tracer import caller as _caller, generic_alias as _generic_alias, unsupported as _unsupported

__all__ = ["BASIC_FORMAT", "BufferingFormatter", "CRITICAL", "DEBUG", "ERROR", "FATAL", "FileHandler", "Filter",
           "Formatter", "Handler", "INFO", "LogRecord", "Logger", "LoggerAdapter", "NOTSET", "NullHandler",
           "StreamHandler", "WARN", "WARNING", "addLevelName", "basicConfig", "captureWarnings", "critical", "debug",
           "disable", "error", "exception", "fatal", "getLevelName", "getLogger", "getLoggerClass", "info", "log",
           "makeLogRecord", "setLoggerClass", "shutdown", "warn", "warning", "getLogRecordFactory",
           "setLogRecordFactory", "lastResort", "raiseExceptions", "getLevelNamesMapping"]

raiseExceptions = True
logThreads = logMultiprocessing = logProcesses = True
_defaultLastResort = lastResort = _StderrHandler(WARNING)
_logRecordFactory = LogRecord
captureWarnings = _function("logging.captureWarnings")
currentframe = _function("logging.currentframe")


def _titled(title, function):
    """The function under the name that messages about its arguments give."""
    function.__qualname__ = title
    function.__name__ = title.rpartition(".")[2]
    return function


def _relay(title, target):
    """A method that says the same by another of the object's methods."""
    def method(self, msg, *args, **kwargs):
        getattr(self, target)(msg, *args, **kwargs)

    return _titled(title, method)


def getLogRecordFactory():
    return _logRecordFactory


def setLogRecordFactory(factory):
    global _logRecordFactory
    _logRecordFactory = factory


def makeLogRecord(dict):
    record = _logRecordFactory(None, None, "", 0, "", (), None, None)
    record.__dict__.update(dict)
    return record


class PlaceHolder:
    """Holds the place of a logger that only its descendants have named so far."""

    def __init__(self, alogger):
        self.loggerMap = {alogger: None}

    def append(self, alogger):
        self.loggerMap.setdefault(alogger)


def _check_class(klass):
    if klass != Logger and not issubclass(klass, Logger):
        raise TypeError(f"logger not derived from logging.Logger: {klass.__name__}")


def setLoggerClass(klass):
    global _loggerClass
    _check_class(klass)
    _loggerClass = klass


def getLoggerClass():
    return _loggerClass


class Manager:
    def __init__(self, rootnode):
        self.root, self._disable, self.emittedNoHandlerWarning, self.loggerDict = rootnode, NOTSET, False, {}
        self.loggerClass = self.logRecordFactory = None

    def _set_disable(self, value):
        self._disable = _checkLevel(value)

    disable = property(lambda self: self._disable, _set_disable)

    def getLogger(self, name):
        if not isinstance(name, str):
            raise TypeError("A logger name must be a string")
        found = self.loggerDict.get(name)
        if found is not None and not isinstance(found, PlaceHolder):
            return found
        logger = (self.loggerClass or _loggerClass)(name)
        logger.manager = self
        self.loggerDict[name] = logger
        if found is not None:
            self._adopt_children(found, logger)
        self._find_parent(logger)
        return logger

    def setLoggerClass(self, klass):
        _check_class(klass)
        self.loggerClass = klass

    def setLogRecordFactory(self, factory):
        self.logRecordFactory = factory

    def _find_parent(self, logger):
        """The nearest ancestor that is a logger; the names between get place holders."""
        end = logger.name.rfind(".")
        while end > 0:
            above = logger.name[:end]
            other = self.loggerDict.get(above)
            if isinstance(other, Logger):
                logger.parent = other
                return
            if other is None:
                self.loggerDict[above] = PlaceHolder(logger)
            else:
                other.append(logger)
            end = logger.name.rfind(".", 0, end - 1)
        logger.parent = self.root

    def _adopt_children(self, holder, logger):
        for child in holder.loggerMap:
            if not child.parent.name.startswith(logger.name):
                logger.parent = child.parent
                child.parent = logger

    def _clear_cache(self):
        for logger in (self.root, *self.loggerDict.values()):
            if not isinstance(logger, PlaceHolder):
                logger._cache.clear()


def _at_level(title, level):
    """A logger's method for messages of one level."""
    def method(self, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)

    return _titled(title, method)


class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        Filterer.__init__(self)
        self.name, self.level = name, _checkLevel(level)
        self.parent, self.propagate = None, True
        self.handlers, self.disabled = [], False
        self._cache = {}

    debug = _at_level("Logger.debug", DEBUG)
    info = _at_level("Logger.info", INFO)
    warning = _at_level("Logger.warning", WARNING)
    error = _at_level("Logger.error", ERROR)
    critical = _at_level("Logger.critical", CRITICAL)
    warn = _relay("Logger.warn", "warning")
    fatal = _relay("Logger.fatal", "critical")

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.error(msg, *args, exc_info=exc_info, **kwargs)

    def log(self, level, msg, *args, **kwargs):
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif raiseExceptions:
            raise TypeError("level must be an integer")

    def setLevel(self, level):
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    def findCaller(self, stack_info=False, stacklevel=1):
        if stack_info:
            _unsupported("logging with stack_info")
        found = _caller(stacklevel)
        if found is None:
            return "<program>", _Measured(), _Measured(), None
        return "<program>", *found, None

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        record = _logRecordFactory(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        if extra is not None:
            for key in extra:
                if key in ("message", "asctime") or key in record.__dict__:
                    raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
                record.__dict__[key] = extra[key]
        return record

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        filename, line, function, stack = self.findCaller(stack_info, stacklevel)
        if exc_info and not isinstance(exc_info, tuple):
            given = isinstance(exc_info, BaseException)
            exc_info = (type(exc_info), exc_info, exc_info.__traceback__) if given else _sys.exc_info()
        self.handle(self.makeRecord(self.name, level, filename, line, msg, args, exc_info, function, extra, stack))

    def handle(self, record):
        if not self.disabled and self.filter(record):
            self.callHandlers(record)

    def addHandler(self, hdlr):
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr):
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def _heard_by(self):
        """The loggers whose handlers get this one's records."""
        logger = self
        while logger:
            yield logger
            logger = logger.parent if logger.propagate else None

    def hasHandlers(self):
        return any([logger.handlers for logger in self._heard_by()])

    def callHandlers(self, record):
        found = False
        for logger in self._heard_by():
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
        if not found and lastResort and record.levelno >= lastResort.level:
            lastResort.handle(record)

    def getEffectiveLevel(self):
        logger = self
        while logger and not logger.level:
            logger = logger.parent
        return logger.level if logger else NOTSET

    def isEnabledFor(self, level):
        if not self.disabled and level not in self._cache:
            self._cache[level] = self.manager.disable < level and level >= self.getEffectiveLevel()
        return not self.disabled and self._cache[level]

    def getChild(self, suffix):
        return self.manager.getLogger(suffix if self.root is self else f"{self.name}.{suffix}")

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"

    def __reduce__(self):
        return getLogger, (self.name,)


class RootLogger(Logger):
    def __init__(self, level):
        Logger.__init__(self, "root", level)

    def __reduce__(self):
        return getLogger, ()


def _adapted(title, level):
    """An adapter's method for messages of one level."""
    def method(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)

    return _titled(title, method)


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    debug = _adapted("LoggerAdapter.debug", DEBUG)
    info = _adapted("LoggerAdapter.info", INFO)
    warning = _adapted("LoggerAdapter.warning", WARNING)
    error = _adapted("LoggerAdapter.error", ERROR)
    critical = _adapted("LoggerAdapter.critical", CRITICAL)
    warn = _relay("LoggerAdapter.warn", "warning")

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def process(self, msg, kwargs):
        kwargs["extra"] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            text, keywords = self.process(msg, kwargs)
            self.logger.log(level, text, *args, **keywords)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def hasHandlers(self):
        return self.logger.hasHandlers()

    def setLevel(self, level):
        self.logger.setLevel(level)

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False):
        return self.logger._log(level, msg, args, exc_info=exc_info, extra=extra, stack_info=stack_info)

    def _set_manager(self, value):
        self.logger.manager = value

    manager = property(lambda self: self.logger.manager, _set_manager)
    name = property(lambda self: self.logger.name)

    def __repr__(self):
        logger = self.logger
        return f"<{self.__class__.__name__} {logger.name} ({getLevelName(logger.getEffectiveLevel())})>"

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


_loggerClass = Logger
root = RootLogger(WARNING)
Logger.root = root
Logger.manager = Manager(root)


def basicConfig(*, force=False, encoding=None, errors="backslashreplace", **kwargs):
    if force:
        for handler in root.handlers[:]:
            root.removeHandler(handler)
            handler.close()
    if root.handlers:
        return
    handlers = kwargs.pop("handlers", None)
    if handlers is None:
        if "stream" in kwargs and "filename" in kwargs:
            raise ValueError("'stream' and 'filename' should not be specified together")
        if kwargs.pop("filename", None):
            _unsupported("logging to a file")
        kwargs.pop("filemode", None)
        handlers = [StreamHandler(kwargs.pop("stream", None))]
    elif "stream" in kwargs or "filename" in kwargs:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
    dates, style = kwargs.pop("datefmt", None), kwargs.pop("style", "%")
    if style not in _STYLES:
        raise ValueError("Style must be one of: %,{,$")
    formatter = Formatter(kwargs.pop("format", _STYLES[style][1]), dates, style)
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(formatter)
        root.addHandler(handler)
    if (level := kwargs.pop("level", None)) is not None:
        root.setLevel(level)
    if kwargs:
        raise ValueError(f"Unrecognised argument(s): {', '.join(kwargs)}")


def getLogger(name=None):
    if not name or name == root.name:
        return root
    return Logger.manager.getLogger(name)


def _configured_root():
    if not root.handlers:
        basicConfig()
    return root


def _of_root(name):
    """The function that calls the root logger's method of its name."""
    def function(msg, *args, **kwargs):
        getattr(_configured_root(), name)(msg, *args, **kwargs)

    return _titled(name, function)


debug, info, warning, error, critical = map(_of_root, ("debug", "info", "warning", "error", "critical"))


def warn(msg, *args, **kwargs):
    warning(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    critical(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    error(msg, *args, exc_info=exc_info, **kwargs)


def log(level, msg, *args, **kwargs):
    _configured_root().log(level, msg, *args, **kwargs)


def disable(level=CRITICAL):
    root.manager.disable = level
    root.manager._clear_cache()
