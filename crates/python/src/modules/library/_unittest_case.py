"""Test cases of `unittest`: how one is run."""

import sys as _sys
from collections import ChainMap as _ChainMap
from functools import wraps as _wraps

from _unittest_checks import SkipTest, TestCase as _Checks, _BaseTestCaseContext, safe_repr
from _tracer import unsupported as _unsupported

__name__ = "unittest.case"

_no_message = object()
_FunctionType = type(lambda: None)


class _ShouldStop(Exception):
    pass


class _Outcome:
    """What has become of the parts of a test that have been run."""

    def __init__(self, result=None):
        self.expecting_failure = False
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")
        self.success = True
        self.expectedFailure = None

    def run(self, test, function, *args, **kwargs):
        before = self.success
        self.success = True
        try:
            function(*args, **kwargs)
        except KeyboardInterrupt:
            self.success = self.success and before
            raise
        except BaseException:
            self.note(test, _sys.exc_info())
        self.success = self.success and before

    def note(self, test, info, subtest=False):
        """Reports what a part raised. A subtest's goes to its test's report."""
        error = info[1]
        if isinstance(error, SkipTest):
            self.success = False
            self.result.addSkip(test, str(error))
        elif isinstance(error, _ShouldStop):
            pass
        elif self.expecting_failure:
            self.expectedFailure = info
        else:
            self.success = False
            if subtest:
                self.result.addSubTest(test.test_case, test, info)
            elif self.result is not None:
                if issubclass(info[0], test.failureException):
                    self.result.addFailure(test, info)
                else:
                    self.result.addError(test, info)


def _enter_context(cm, add_cleanup):
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager "
                        f"protocol") from None
    result = enter(cm)
    add_cleanup(leave, cm, None, None, None)
    return result


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    raised = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            raised.append(error)
    if raised:
        raise raised[0]


def skip(reason):
    def decorator(test_item):
        if not isinstance(test_item, type):
            @_wraps(test_item)
            def skip_wrapper(*args, **kwargs):
                raise SkipTest(reason)

            test_item = skip_wrapper
        test_item.__unittest_skip__ = True
        test_item.__unittest_skip_why__ = reason
        return test_item

    if isinstance(reason, _FunctionType):
        # The decorator without parentheses.
        item, reason = reason, ""
        return decorator(item)
    return decorator


def _id(obj):
    return obj


def skipIf(condition, reason):
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    test_item.__unittest_expecting_failure__ = True
    return test_item


class _OrderedChainMap(_ChainMap):
    """A subtest's parameters: its own before those of the ones around it."""

    def __iter__(self):
        seen = set()
        for mapping in self.maps:
            for key in mapping:
                if key not in seen:
                    seen.add(key)
                    yield key


class _GeneratorContextManager:
    """The block of a subtest."""

    def __init__(self, test, message, params):
        self._test, self._message, self._params = test, message, params

    def __enter__(self):
        test = self._test
        outcome = self._outcome = test._outcome
        if outcome is None or not outcome.result_supports_subtests:
            self._outcome = None
            return
        self._parent = test._subtest
        if self._parent is None:
            params = _OrderedChainMap(self._params)
        else:
            params = self._parent.params.new_child(self._params)
        test._subtest = _SubTest(test, self._message, params)
        self._before = outcome.success
        outcome.success = True

    def __exit__(self, kind, value, tb):
        outcome, test = self._outcome, self._test
        if outcome is None:
            return False
        subtest = test._subtest
        try:
            try:
                if isinstance(value, KeyboardInterrupt):
                    return False
                if value is not None:
                    outcome.note(subtest, (kind, value, tb), True)
                elif outcome.success:
                    outcome.result.addSubTest(test, subtest, None)
            finally:
                outcome.success = outcome.success and self._before
            if not outcome.success:
                if outcome.result is not None and outcome.result.failfast:
                    raise _ShouldStop
            elif outcome.expectedFailure:
                raise _ShouldStop
            return True
        finally:
            test._subtest = self._parent


_GeneratorContextManager.__module__ = "contextlib"


def _is_skipped(kind, method):
    return getattr(kind, "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False)


def _why_skipped(kind, method):
    return getattr(kind, "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", "")


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640
    _diffThreshold = 65536

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = "No test"
        try:
            method = getattr(self, methodName)
        except AttributeError:
            if methodName != "runTest":
                raise ValueError(f"no such test method in {self.__class__}: {methodName}")
        else:
            self._testMethodDoc = method.__doc__
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {}
        for kind, name in ((dict, "Dict"), (list, "List"), (tuple, "Tuple"), (set, "Set"), (frozenset, "Set"),
                           (str, "MultiLine")):
            self.addTypeEqualityFunc(kind, f"assert{name}Equal")

    def addTypeEqualityFunc(self, typeobj, function):
        self._type_equality_funcs[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        return _enter_context(cm, cls.addClassCleanup)

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        from _unittest_result import TestResult
        return TestResult()

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return f"{strclass(self.__class__)}.{self._testMethodName}"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({strclass(self.__class__)}.{self._testMethodName})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} testMethod={self._testMethodName}>"

    def subTest(self, msg=_no_message, **params):
        return _GeneratorContextManager(self, msg, params)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            from warnings import warn
            warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        stop = None
        if result is None:
            result = self.defaultTestResult()
            start, stop = getattr(result, "startTestRun", None), getattr(result, "stopTestRun", None)
            if start is not None:
                start()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            if _is_skipped(self.__class__, method):
                result.addSkip(self, _why_skipped(self.__class__, method))
                return result
            fails = (getattr(self, "__unittest_expecting_failure__", False)
                     or getattr(method, "__unittest_expecting_failure__", False))
            outcome = self._outcome = _Outcome(result)
            try:
                self._run_parts(outcome, method, fails)
                if outcome.success:
                    if not fails:
                        result.addSuccess(self)
                    elif outcome.expectedFailure:
                        result.addExpectedFailure(self, outcome.expectedFailure)
                    else:
                        result.addUnexpectedSuccess(self)
                return result
            finally:
                outcome.expectedFailure = None
                self._outcome = None
        finally:
            result.stopTest(self)
            if stop is not None:
                stop()

    def _run_parts(self, outcome, method, fails):
        outcome.run(self, self._callSetUp)
        if outcome.success:
            outcome.expecting_failure = fails
            outcome.run(self, self._callTestMethod, method)
            outcome.expecting_failure = False
            outcome.run(self, self._callTearDown)
        self.doCleanups()

    def doCleanups(self):
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            outcome.run(self, self._callCleanup, function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(_sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        method = getattr(self, self._testMethodName)
        if _is_skipped(self.__class__, method):
            raise SkipTest(_why_skipped(self.__class__, method))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, *args, **kwargs)


for _name, _value in list(_Checks.__dict__.items()):
    if isinstance(_value, _FunctionType):
        setattr(TestCase, _name, _value)
del _name, _value


class FunctionTestCase(TestCase):
    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc = setUp
        self._tearDownFunc = tearDown
        self._testFunc = testFunc
        self._description = description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((type(self), *self._parts()))

    def __str__(self):
        return f"{strclass(self.__class__)} ({self._testFunc.__name__})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} tec={self._testFunc}>"

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class _SubTest(TestCase):
    def __init__(self, test_case, message, params):
        super().__init__()
        self._message = message
        self.test_case = test_case
        self.params = params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not _no_message:
            parts.append(f"[{self._message}]")
        if self.params:
            parts.append("(" + ", ".join([f"{key}={value!r}" for key, value in self.params.items()]) + ")")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"


class IsolatedAsyncioTestCase(TestCase):
    def __init__(self, methodName="runTest"):
        _unsupported("unittest.IsolatedAsyncioTestCase")


IsolatedAsyncioTestCase.__module__ = "unittest.async_case"
