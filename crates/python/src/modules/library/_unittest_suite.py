"""Suites of tests in `unittest`, with the fixtures of classes and modules."""

import sys as _sys

from _unittest_case import SkipTest, TestCase, doModuleCleanups, strclass

__name__ = "unittest.suite"


class BaseTestSuite:
    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return f"<{strclass(self.__class__)} tests={list(self)}>"

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return list(self) == list(other)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum([test.countTestCases() for test in self if test])

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._removeTestAtIndex(index)
        return result

    def _removeTestAtIndex(self, index):
        try:
            test = self._tests[index]
        except TypeError:
            return
        if hasattr(test, "countTestCases"):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        for test in self:
            test.debug()


class _ErrorHolder:
    """Stands for a test in the report of a fixture's error."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.id()

    def run(self, result):
        pass

    def __call__(self, result):
        return self.run(result)

    def countTestCases(self):
        return 0


class _DebugResult:
    _previousTestClass = None
    _moduleSetUpFailed = False
    shouldStop = False


def _is_suite(test):
    try:
        iter(test)
    except TypeError:
        return False
    return True


def _call(result, name):
    getattr(result, name, lambda: None)()


def _mark_class(kind, failed):
    try:
        kind._classSetupFailed = failed
    except TypeError:
        pass


class TestSuite(BaseTestSuite):
    def run(self, result, debug=False):
        outermost = getattr(result, "_testRunEntered", False) is False
        if outermost:
            result._testRunEntered = True
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if not _is_suite(test):
                self._leave_class(test.__class__, result)
                self._enter_module(test, result)
                self._enter_class(test.__class__, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                    continue
            if debug:
                test.debug()
            else:
                test(result)
            if self._cleanup:
                self._removeTestAtIndex(index)
        if outermost:
            self._leave_class(type(None), result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        self.run(_DebugResult(), True)

    def _note(self, result, error, method, parent, info=None):
        """Reports what a fixture raised."""
        holder = _ErrorHolder(f"{method} ({parent})")
        add_skip = getattr(result, "addSkip", None)
        if add_skip is not None and isinstance(error, SkipTest):
            add_skip(holder, str(error))
        else:
            result.addError(holder, info or _sys.exc_info())

    def _try(self, result, function, method, parent):
        """Calls a fixture. False where it raised something, which is reported."""
        try:
            function()
        except Exception as error:
            if isinstance(result, _DebugResult):
                raise
            if method == "setUpModule":
                result._moduleSetUpFailed = True
            self._note(result, error, method, parent)
            return False
        return True

    def _enter_class(self, kind, result):
        if kind == getattr(result, "_previousTestClass", None) or result._moduleSetUpFailed:
            return
        if getattr(kind, "__unittest_skip__", False):
            return
        _mark_class(kind, False)
        set_up = getattr(kind, "setUpClass", None)
        clean = getattr(kind, "doClassCleanups", None)
        if set_up is None:
            return
        _call(result, "_setupStdout")
        try:
            try:
                set_up()
            except Exception as error:
                if isinstance(result, _DebugResult):
                    raise
                _mark_class(kind, True)
                self._note(result, error, "setUpClass", strclass(kind))
                failed = True
            else:
                failed = False
            if failed and clean is not None:
                clean()
                for info in kind.tearDown_exceptions:
                    self._note(result, info[1], "setUpClass", strclass(kind), info)
        finally:
            _call(result, "_restoreStdout")

    def _leave_class(self, following, result):
        kind = getattr(result, "_previousTestClass", None)
        if kind is None or following == kind:
            return
        if (getattr(kind, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False)
                or getattr(kind, "__unittest_skip__", False)):
            return
        tear_down = getattr(kind, "tearDownClass", None)
        clean = getattr(kind, "doClassCleanups", None)
        if tear_down is None and clean is None:
            return
        _call(result, "_setupStdout")
        try:
            if tear_down is not None:
                self._try(result, tear_down, "tearDownClass", strclass(kind))
            if clean is not None:
                clean()
                for info in kind.tearDown_exceptions:
                    if isinstance(result, _DebugResult):
                        raise info[1]
                    self._note(result, info[1], "tearDownClass", strclass(kind), info)
        finally:
            _call(result, "_restoreStdout")

    def _previous_module(self, result):
        kind = getattr(result, "_previousTestClass", None)
        return None if kind is None else kind.__module__

    def _enter_module(self, test, result):
        name = test.__class__.__module__
        if name == self._previous_module(result):
            return
        self._leave_module(result)
        result._moduleSetUpFailed = False
        set_up = getattr(_sys.modules.get(name), "setUpModule", None)
        if set_up is None:
            return
        _call(result, "_setupStdout")
        try:
            if not self._try(result, set_up, "setUpModule", name):
                self._try(result, doModuleCleanups, "setUpModule", name)
        finally:
            _call(result, "_restoreStdout")

    def _leave_module(self, result):
        name = self._previous_module(result)
        if name is None or result._moduleSetUpFailed or name not in _sys.modules:
            return
        _call(result, "_setupStdout")
        try:
            tear_down = getattr(_sys.modules[name], "tearDownModule", None)
            if tear_down is not None:
                self._try(result, tear_down, "tearDownModule", name)
            self._try(result, doModuleCleanups, "tearDownModule", name)
        finally:
            _call(result, "_restoreStdout")
