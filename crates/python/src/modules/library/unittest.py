"""`unittest`: tests in classes, their assertions, and reports of what failed."""

from _unittest_case import (FunctionTestCase, IsolatedAsyncioTestCase, SkipTest, TestCase, addModuleCleanup,
                            doModuleCleanups, enterModuleContext, expectedFailure, skip, skipIf, skipUnless)
from _unittest_loader import TestLoader, defaultTestLoader, findTestCases, getTestCaseNames, makeSuite
from _unittest_result import TestResult, TextTestResult
from _unittest_runner import TestProgram, TextTestRunner
from _unittest_suite import BaseTestSuite, TestSuite
from _absent import function as _function

__all__ = ["TestResult", "TestCase", "IsolatedAsyncioTestCase", "TestSuite", "TextTestRunner", "TestLoader",
           "FunctionTestCase", "main", "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless",
           "expectedFailure", "TextTestResult", "installHandler", "registerResult", "removeResult", "removeHandler",
           "addModuleCleanup", "doModuleCleanups", "enterModuleContext", "getTestCaseNames", "makeSuite",
           "findTestCases"]

main = TestProgram
_TextTestResult = TextTestResult
installHandler = _function("unittest.installHandler")
registerResult = _function("unittest.registerResult")
removeResult = _function("unittest.removeResult")
removeHandler = _function("unittest.removeHandler")
