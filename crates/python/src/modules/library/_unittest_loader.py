"""The loader of `unittest`: finds tests in classes, modules and by names."""

import sys as _sys
from functools import cmp_to_key as _cmp_to_key

from _tracer import unsupported as _unsupported
from _unittest_case import FunctionTestCase, TestCase
from _unittest_suite import TestSuite

__name__ = "unittest.loader"

_FunctionType = type(lambda: None)
_ModuleType = type(_sys)


def three_way_cmp(x, y):
    return (x > y) - (x < y)


three_way_cmp.__module__ = "unittest.util"


class _FailedTest(TestCase):
    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception

        return testFailure


def _is_test_class(value):
    return isinstance(value, type) and issubclass(value, TestCase) and value not in (TestCase, FunctionTestCase)


class TestLoader:
    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(three_way_cmp)
    testNamePatterns = None
    suiteClass = TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = []
        if testCaseClass not in (TestCase, FunctionTestCase):
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, "runTest"):
                names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        if args or kws:
            _unsupported("TestLoader.loadTestsFromModule with these arguments")
        tests = []
        for name in dir(module):
            value = getattr(module, name)
            if _is_test_class(value):
                tests.append(self.loadTestsFromTestCase(value))
        load_tests = getattr(module, "load_tests", None)
        tests = self.suiteClass(tests)
        if load_tests is not None:
            try:
                return load_tests(self, tests, pattern)
            except Exception:
                _unsupported("a load_tests function that raises")
        return tests

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        if module is None:
            if parts[0] != "__main__":
                _unsupported("TestLoader.loadTestsFromName outside the program")
            module = _sys.modules["__main__"]
            parts = parts[1:]
        parent, value = None, module
        for part in parts:
            try:
                parent, value = value, getattr(value, part)
            except AttributeError as error:
                return self._failed(part, error)
        if isinstance(value, _ModuleType):
            return self.loadTestsFromModule(value)
        if _is_test_class(value):
            return self.loadTestsFromTestCase(value)
        if isinstance(value, _FunctionType) and isinstance(parent, type) and issubclass(parent, TestCase):
            test = parent(parts[-1])
            # A static method is no test of an instance.
            if not isinstance(getattr(test, parts[-1]), _FunctionType):
                return self.suiteClass([test])
        elif isinstance(value, TestSuite):
            return value
        if not callable(value):
            raise TypeError(f"don't know how to make test from: {value}")
        test = value()
        if isinstance(test, TestSuite):
            return test
        if isinstance(test, TestCase):
            return self.suiteClass([test])
        raise TypeError(f"calling {value} returned {test}, not a test")

    def _failed(self, name, error):
        """A test that fails in the place of one that is not there."""
        from _unittest_result import _Unknown
        self.errors.append(_Unknown())
        return self.suiteClass((_FailedTest(name, error),))

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        names = [name for name in dir(testCaseClass) if self._is_test_name(testCaseClass, name)]
        if self.sortTestMethodsUsing:
            names.sort(key=_cmp_to_key(self.sortTestMethodsUsing))
        return names

    def _is_test_name(self, kind, name):
        if not name.startswith(self.testMethodPrefix) or not callable(getattr(kind, name)):
            return False
        if self.testNamePatterns is None:
            return True
        from fnmatch import fnmatchcase
        full = f"{kind.__module__}.{kind.__qualname__}.{name}"
        return any([fnmatchcase(full, pattern) for pattern in self.testNamePatterns])

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        _unsupported("TestLoader.discover")


defaultTestLoader = TestLoader()


def _loader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing = sortUsing
    loader.testMethodPrefix = prefix
    loader.testNamePatterns = testNamePatterns
    if suiteClass:
        loader.suiteClass = suiteClass
    return loader


def getTestCaseNames(testCaseClass, prefix, sortUsing=three_way_cmp, testNamePatterns=None):
    return _loader(prefix, sortUsing, None, testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=three_way_cmp, suiteClass=TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=three_way_cmp, suiteClass=TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
