"""The runner of `unittest` and its command line."""

import sys as _sys

from _tracer import unsupported as _unsupported
from _unittest_loader import defaultTestLoader as _defaultTestLoader
from _unittest_result import TextTestResult, _hide

__name__ = "unittest.runner"


class _WritelnDecorator:
    """A stream with a method for whole lines."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr in ("stream", "__getstate__"):
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        if arg:
            self.write(arg)
        self.write("\n")


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        self.stream = _WritelnDecorator(_sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        if self.warnings not in (None, "default", "always", "ignore", "module", "once"):
            _unsupported("unittest with warnings as errors")
        result = self._makeResult()
        result.failfast = self.failfast
        result.buffer = self.buffer
        result.tb_locals = self.tb_locals
        start = getattr(result, "startTestRun", None)
        if start is not None:
            start()
        try:
            test(result)
        finally:
            stop = getattr(result, "stopTestRun", None)
            if stop is not None:
                stop()
        result.printErrors()
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        if not _hide(self.stream):
            _unsupported("the time that tests took")
        self._summarize(result)
        return result

    def _summarize(self, result):
        run = result.testsRun
        self.stream.writeln(f"Ran {run} test{'' if run == 1 else 's'} in 0.000s")
        self.stream.writeln()
        counts = []
        if result.wasSuccessful():
            self.stream.write("OK")
        else:
            self.stream.write("FAILED")
            counts += [("failures", result.failures), ("errors", result.errors)]
        try:
            counts += [("skipped", result.skipped), ("expected failures", result.expectedFailures),
                       ("unexpected successes", result.unexpectedSuccesses)]
        except AttributeError:
            pass
        shown = ", ".join([f"{title}={len(tests)}" for title, tests in counts if tests])
        if shown:
            self.stream.writeln(f" ({shown})")
        else:
            self.stream.write("\n")
        self.stream.flush()


_FLAGS = {"-v": ("verbosity", 2), "--verbose": ("verbosity", 2), "-q": ("verbosity", 0), "--quiet": ("verbosity", 0),
          "-f": ("failfast", True), "--failfast": ("failfast", True), "-b": ("buffer", True), "--buffer": ("buffer", True)}


class TestProgram:
    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=_defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *,
                 tb_locals=False):
        if module is None:
            _unsupported("unittest.main without a module")
        if isinstance(module, str):
            self.module = _sys.modules["__main__"] if module == "__main__" else __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        if argv is None:
            _unsupported("unittest.main with the command line (sys.argv)")
        self.exit = exit
        self.failfast = failfast
        self.catchbreak = catchbreak
        self.verbosity = verbosity
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = "default" if warnings is None else warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = argv[0].rpartition("/")[2]
        self.parseArgs(argv)
        self.runTests()

    def parseArgs(self, argv):
        self.tests = []
        chosen = self.catchbreak, self.failfast, self.buffer
        self.catchbreak, self.failfast, self.buffer = [bool(value) for value in chosen]
        self.testNamePatterns = []
        for argument in argv[1:]:
            if argument in _FLAGS:
                name, value = _FLAGS[argument]
                setattr(self, name, value)
            elif argument.startswith("-") or argument.endswith(".py"):
                _unsupported(f"unittest.main with the argument {argument}")
            else:
                self.tests.append(argument)
        if self.tests:
            self.testNames = self.tests
        elif self.defaultTest is None:
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def createTests(self):
        if self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def runTests(self):
        if self.catchbreak:
            _unsupported("unittest.main with catchbreak")
        if self.testRunner is None:
            self.testRunner = TextTestRunner
        runner = self.testRunner
        if isinstance(runner, type):
            options = dict(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer, warnings=self.warnings)
            try:
                try:
                    runner = self.testRunner(tb_locals=self.tb_locals, **options)
                except TypeError:
                    runner = self.testRunner(**options)
            except TypeError:
                runner = self.testRunner()
        self.result = runner.run(self.test)
        if self.exit:
            _sys.exit(not self.result.wasSuccessful())


TestProgram.__module__ = "unittest.main"
