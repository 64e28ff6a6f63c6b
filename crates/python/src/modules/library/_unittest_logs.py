"""`assertLogs` and `assertNoLogs` of `unittest`."""

import logging as _logging
from collections import namedtuple as _namedtuple

from _unittest_checks import _BaseTestCaseContext, unlocated as _unlocated

__name__ = "unittest._log"

_LoggingWatcher = _namedtuple("_LoggingWatcher", "records output")


class _CapturingHandler(_logging.Handler):
    def __init__(self):
        super().__init__()
        self.watcher = _LoggingWatcher([], [])

    def emit(self, record):
        self.watcher.records.append(record)
        self.watcher.output.append(self.format(record))


class _AssertLogsContext(_BaseTestCaseContext):
    LOGGING_FORMAT = _logging.BASIC_FORMAT

    def __init__(self, test_case, logger_name, level, no_logs):
        super().__init__(test_case)
        self.logger_name = logger_name
        self.level = _logging._nameToLevel.get(level, level) if level else _logging.INFO
        self.msg = None
        self.no_logs = no_logs

    def _raiseFailure(self, standardMsg):
        try:
            super()._raiseFailure(standardMsg)
        except BaseException as error:
            _unlocated.append(error)
            raise

    def __enter__(self):
        logger = self.logger_name
        if not isinstance(logger, _logging.Logger):
            logger = _logging.getLogger(logger)
        self.logger = logger
        handler = _CapturingHandler()
        handler.setLevel(self.level)
        handler.setFormatter(_logging.Formatter(self.LOGGING_FORMAT))
        self.watcher = handler.watcher
        self.old_handlers = logger.handlers[:]
        self.old_level = logger.level
        self.old_propagate = logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return None if self.no_logs else handler.watcher

    def __exit__(self, exc_type, exc_value, tb):
        self.logger.handlers = self.old_handlers
        self.logger.propagate = self.old_propagate
        self.logger.setLevel(self.old_level)
        if exc_type is not None:
            return False
        if self.no_logs:
            if self.watcher.records:
                self._raiseFailure(f"Unexpected logs found: {self.watcher.output!r}")
        elif not self.watcher.records:
            level = _logging.getLevelName(self.level)
            self._raiseFailure(f"no logs of level {level} or higher triggered on {self.logger.name}")
