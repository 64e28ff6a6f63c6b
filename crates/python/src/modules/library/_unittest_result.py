"""Results of tests, as `unittest` collects and prints them."""

import sys as _sys
from functools import wraps as _wraps

from _tracer import is_standard_error as _is_standard_error, seal as _seal, unsupported as _unsupported
from _tracer import traceback_entries as _traceback_entries
from _unittest_checks import unlocated as _unlocated
from _unittest_case import _SubTest, strclass

__name__ = "unittest.result"


class _Unknown:
    """The report of an exception that passed through the library's own code: CPython's files and lines are not known."""

    def _refuse(self, *args):
        _unsupported("a report of unittest with a traceback through the library")


for _name in ("repr", "str", "len", "iter", "eq", "ne", "lt", "gt", "contains", "getitem", "format", "add", "radd",
              "bool", "hash", "getattr", "mod"):
    setattr(_Unknown, f"__{_name}__", _Unknown._refuse)
del _name


def _program_entries(error, tb, failure):
    """The program's part of a traceback; None where the library's stands within it."""
    entries = _traceback_entries(tb)
    start = 0
    while start < len(entries) and entries[start][2]:
        start += 1
    entries = entries[start:]
    if type(error) is failure:
        for place, entry in enumerate(entries):
            if entry[2]:
                entries = entries[:place]
                break
    if len(entries) > 1000 or any([library for _, _, library in entries]):
        return None
    return [("<program>", line, name, "") for line, name, _ in entries]


def _described(info, test):
    """The report of an exception and of those that led to it."""
    import traceback
    _, error, tb = info
    text, link, seen, known = "", "", set(), True
    while error is not None:
        if isinstance(error, (BaseExceptionGroup, RecursionError, SyntaxError)) or any(
                [failure is error for failure in _unlocated]):
            known = False
        own = "" if not known else "".join(traceback.format_exception_only(error))
        entries = _program_entries(error, tb, test.failureException)
        if entries is None:
            known = False
        elif known:
            header = "Traceback (most recent call last):\n" if tb is not None else ""
            own = header + "".join(traceback.format_list(entries)) + own
        text = own + link + text
        seen.add(id(error))
        cause, context = error.__cause__, error.__context__
        suppressed = error.__suppress_context__
        if cause is not None:
            error, link = cause, traceback._CAUSE
        elif context is not None and not suppressed:
            error, link = context, traceback._CONTEXT
        else:
            break
        if id(error) in seen:
            break
        tb = error.__traceback__
    return text if known else None


def failfast(method):
    @_wraps(method)
    def inner(self, *args, **kw):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kw)

    return inner


def _with_line_end(text):
    return text if text.endswith("\n") else text + "\n"


class TestResult:
    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures = []
        self.errors = []
        self.testsRun = 0
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False
        self._stdout_buffer = None
        self._stderr_buffer = None
        self._original_stdout = _sys.stdout
        self._original_stderr = _sys.stderr
        self._mirrorOutput = False

    def printErrors(self):
        pass

    def startTest(self, test):
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def _setupStdout(self):
        if self.buffer:
            if self._stderr_buffer is None:
                from io import StringIO
                self._stderr_buffer = StringIO()
                self._stdout_buffer = StringIO()
            _sys.stdout = self._stdout_buffer
            _sys.stderr = self._stderr_buffer

    def startTestRun(self):
        pass

    def stopTest(self, test):
        self._restoreStdout()
        self._mirrorOutput = False

    def _captured(self):
        """What the test printed, each under its title."""
        output, error = _sys.stdout.getvalue(), _sys.stderr.getvalue()
        return (f"\nStdout:\n{_with_line_end(output)}" if output else "",
                f"\nStderr:\n{_with_line_end(error)}" if error else "")

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            output, error = self._captured()
            if output:
                self._original_stdout.write(output)
            if error:
                self._original_stderr.write(error)
        _sys.stdout = self._original_stdout
        _sys.stderr = self._original_stderr
        for stream in (self._stdout_buffer, self._stderr_buffer):
            stream.seek(0)
            stream.truncate()

    def stopTestRun(self):
        pass

    @failfast
    def addError(self, test, err):
        self.errors.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    @failfast
    def addFailure(self, test, err):
        self.failures.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSubTest(self, test, subtest, err):
        if err is None:
            return
        if getattr(self, "failfast", False):
            self.stop()
        kind = self.failures if issubclass(err[0], test.failureException) else self.errors
        kind.append((subtest, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return not (self.failures or self.errors or getattr(self, "unexpectedSuccesses", ()))

    def stop(self):
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        text = None if self.tb_locals else _described(err, test)
        if text is None:
            return _Unknown()
        return text + "".join(self._captured()) if self.buffer else text

    def __repr__(self):
        return (f"<{strclass(self.__class__)} run={self.testsRun} errors={len(self.errors)} "
                f"failures={len(self.failures)}>")


class TextTestResult(TestResult):
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self.descriptions = descriptions
        self._newline = True

    def getDescription(self, test):
        line = test.shortDescription()
        return f"{test}\n{line}" if self.descriptions and line else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._announce(test)
            self.stream.flush()
            self._newline = False

    def _announce(self, test):
        self.stream.write(self.getDescription(test))
        self.stream.write(" ... ")

    def _write_status(self, test, status):
        is_subtest = isinstance(test, _SubTest)
        if is_subtest or self._newline:
            if not self._newline:
                self.stream.writeln()
            if is_subtest:
                self.stream.write("  ")
            self._announce(test)
        self.stream.writeln(status)
        self.stream.flush()
        self._newline = True

    def _show(self, test, status, dot):
        if self.showAll:
            self._write_status(test, status)
        elif self.dots:
            self.stream.write(dot)
            self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._show(subtest, *(("FAIL", "F") if failed else ("ERROR", "E")))
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, f"skipped {reason!r}", "s")

    def _show_expectation(self, status, dot):
        if self.showAll:
            self.stream.writeln(status)
            self.stream.flush()
        elif self.dots:
            self.stream.write(dot)
            self.stream.flush()

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show_expectation("expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show_expectation("unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
            self.stream.flush()
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        unexpected = getattr(self, "unexpectedSuccesses", ())
        if unexpected:
            self.stream.writeln(self.separator1)
            for test in unexpected:
                self.stream.writeln(f"UNEXPECTED SUCCESS: {self.getDescription(test)}")
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        for test, err in errors:
            self.stream.writeln(self.separator1)
            self.stream.writeln(f"{flavour}: {self.getDescription(test)}")
            self.stream.writeln(self.separator2)
            self._write_report(err)
            self.stream.flush()

    def _write_report(self, err):
        if type(err) is not _Unknown:
            self.stream.writeln("%s" % err)
        elif not _hide(self.stream):
            _unsupported("a report of unittest with a traceback through the library")


TextTestResult.__module__ = "unittest.runner"


def _hide(stream):
    """Whether nobody will read what goes into a stream from now on: standard error, or a buffer that refuses to be read."""
    stream = getattr(stream, "stream", stream)
    return _is_standard_error(stream) or _seal(stream)
