"""Examples in docstrings, run and compared with what they should print."""

import re as _re
import sys as _sys
import traceback as _traceback
from collections import namedtuple as _namedtuple
from io import StringIO as _StringIO
from types import FunctionType as _FunctionType
from types import MethodDescriptorType as _MethodDescriptorType
from types import ModuleType as _ModuleType

from _tracer import main_module as _main_module, unsupported as _unsupported

__all__ = [
    "register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS",
    "SKIP", "IGNORE_EXCEPTION_DETAIL", "COMPARISON_FLAGS", "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF",
    "REPORT_ONLY_FIRST_FAILURE", "REPORTING_FLAGS", "FAIL_FAST", "Example", "DocTest", "DocTestParser",
    "DocTestFinder", "DocTestRunner", "OutputChecker", "DocTestFailure", "UnexpectedException", "DebugRunner",
    "testmod", "testfile", "run_docstring_examples", "DocTestSuite", "DocFileSuite", "set_unittest_reportflags",
    "script_from_examples", "testsource", "debug_src", "debug",
]
DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE, NORMALIZE_WHITESPACE, ELLIPSIS, SKIP = 1, 2, 4, 8, 16
IGNORE_EXCEPTION_DETAIL, REPORT_UDIFF, REPORT_CDIFF, REPORT_NDIFF = 32, 64, 128, 256
REPORT_ONLY_FIRST_FAILURE, FAIL_FAST = 512, 1024
COMPARISON_FLAGS, REPORTING_FLAGS = 63, 1984
BLANKLINE_MARKER, ELLIPSIS_MARKER = "<BLANKLINE>", "..."
_FLAGS = {
    name: globals()[name]
    for name in ("DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP",
                 "IGNORE_EXCEPTION_DETAIL", "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE",
                 "FAIL_FAST")
}
TestResults = _namedtuple("TestResults", "failed attempted")
_DIVIDER = "*" * 70
_FAILED, _RAISED = object(), object()

_EXAMPLE = _re.compile(r"""
    (?P<source>
        (?:^(?P<indent>[ ]*)>>>.*)
        (?:\n[ ]*\.\.\..*)*)
    \n?
    (?P<want>(?:(?![ ]*$)(?![ ]*>>>).+$\n?)*)
    """, _re.MULTILINE | _re.VERBOSE)
_EXPECTED_ERROR = _re.compile(r"""
    ^(?P<head>Traceback\ \((?:most\ recent\ call\ last|innermost\ last)\):)
    \s*$
    (?P<stack>.*?)
    ^(?P<message>\w+.*)
    """, _re.VERBOSE | _re.MULTILINE | _re.DOTALL)
_OPTION = _re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", _re.MULTILINE)


class Example:
    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want + "\n" if want and not want.endswith("\n") else want
        self.exc_msg = exc_msg + "\n" if exc_msg is not None and not exc_msg.endswith("\n") else exc_msg
        self.lineno = lineno
        self.indent = indent
        self.options = {} if options is None else options


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples = examples
        self.globs = dict(globs)
        self.name = name
        self.filename = filename
        self.lineno = lineno
        self.docstring = docstring

    def __repr__(self):
        count = len(self.examples)
        shown = "no examples" if not count else "1 example" if count == 1 else f"{count} examples"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({shown})>"


def _check_prompts(lines, indent, name, lineno):
    for i, line in enumerate(lines):
        if len(line) >= indent + 4 and line[indent + 3] != " ":
            raise ValueError(f"line {lineno + i + 1} of the docstring for {name} lacks blank after "
                             f"{line[indent:indent + 3]}: {line!r}")


def _check_indent(lines, prefix, name, lineno):
    for i, line in enumerate(lines):
        if line and not line.startswith(prefix):
            raise ValueError(f"line {lineno + i + 1} of the docstring for {name} has inconsistent leading whitespace: {line!r}")


def _options(source, name, lineno):
    found = {}
    for match in _OPTION.finditer(source):
        for option in match.group(1).replace(",", " ").split():
            if option[0] not in "+-" or option[1:] not in _FLAGS:
                raise ValueError(f"line {lineno + 1} of the doctest for {name} has an invalid option: {option!r}")
            found[_FLAGS[option[1:]]] = option[0] == "+"
    if found and all(not line or line.lstrip().startswith("#") for line in source.splitlines()):
        raise ValueError(f"line {lineno} of the doctest for {name} has an option directive on a line with no example: {source!r}")
    return found


class DocTestParser:
    """Finds the examples of a text."""

    def get_examples(self, string, name="<string>"):
        text = string.expandtabs()
        margins = [len(line) - len(line.lstrip(" ")) for line in text.split("\n") if line.strip(" ")]
        if margins and min(margins) > 0:
            text = "\n".join([line[min(margins):] for line in text.split("\n")])
        examples, at, lineno = [], 0, 0
        for match in _EXAMPLE.finditer(text):
            lineno += text.count("\n", at, match.start())
            indent = len(match.group("indent"))
            lines = match.group("source").split("\n")
            _check_prompts(lines, indent, name, lineno)
            _check_indent(lines[1:], " " * indent + ".", name, lineno)
            source = "\n".join([line[indent + 4:] for line in lines])
            wanted = match.group("want").split("\n")
            if len(wanted) > 1 and not wanted[-1].strip(" "):
                del wanted[-1]
            _check_indent(wanted, " " * indent, name, lineno + len(lines))
            want = "\n".join([line[indent:] for line in wanted])
            error = _EXPECTED_ERROR.match(want)
            options = _options(source, name, lineno)
            if not all(not line or line.lstrip().startswith("#") for line in source.splitlines()):
                examples.append(Example(source, want, error and error.group("message"), lineno, indent + min(margins or [0]),
                                        options))
            lineno += text.count("\n", match.start(), match.end())
            at = match.end()
        return examples

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


def _is_routine(value):
    while callable(value) and not isinstance(value, (_FunctionType, type)) and hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    return isinstance(value, (_FunctionType, _MethodDescriptorType, type(len), type(_StringIO().write), type(object.__init__)))


class DocTestFinder:
    """Finds the docstrings of an object and of what it contains."""

    def __init__(self, verbose=False, parser=None, recurse=True, exclude_empty=True):
        if parser is not None:
            _unsupported("doctest.DocTestFinder with a parser of its own")
        self._verbose, self._recurse, self._exclude_empty = verbose, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError("DocTestFinder.find: name must be given when obj.__name__ doesn't exist: "
                                 f"{type(obj)!r}")
        if module is None:
            if isinstance(obj, _ModuleType):
                module = obj
            elif getattr(obj, "__module__", "__main__") == "__main__":
                module = _main_module()
        if module is not _main_module():
            _unsupported("doctest of another module than the program's")
        if isinstance(obj, type):
            raise OSError("source code not available")
        globs = dict(module.__dict__ if globs is None else globs)
        if extraglobs is not None:
            globs.update(extraglobs)
        globs.setdefault("__name__", "__main__")
        found = []
        self._walk(found, obj, name, module, globs, set())
        found.sort(key=lambda test: test.name)
        return found

    def _is_from(self, module, value):
        if isinstance(value, property):
            return True
        return getattr(value, "__module__", None) == module.__name__

    def _walk(self, found, obj, name, module, globs, seen):
        if self._verbose:
            print("Finding tests in", name)
        if id(obj) in seen:
            return
        seen.add(id(obj))
        test = self._test(obj, name, module, globs)
        if test is not None:
            found.append(test)
        if not self._recurse:
            return
        if isinstance(obj, _ModuleType):
            for key, value in list(obj.__dict__.items()):
                if (_is_routine(value) or isinstance(value, type)) and self._is_from(module, value):
                    self._walk(found, value, f"{name}.{key}", module, globs, seen)
            for key, value in getattr(obj, "__test__", {}).items():
                if not isinstance(key, str):
                    raise ValueError(f"DocTestFinder.find: __test__ keys must be strings: {type(key)!r}")
                self._walk(found, value, f"{name}.__test__.{key}", module, globs, seen)
        elif isinstance(obj, type):
            for key, value in list(obj.__dict__.items()):
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if (_is_routine(value) or isinstance(value, (type, property))) and self._is_from(module, value):
                    self._walk(found, value, f"{name}.{key}", module, globs, seen)

    def _test(self, obj, name, module, globs):
        text = obj if isinstance(obj, str) else getattr(obj, "__doc__", None)
        text = "" if text is None else str(text)
        if self._exclude_empty and not text:
            return None
        lineno = None
        if isinstance(obj, _ModuleType) and obj.__doc__ is not None:
            lineno = 1
        elif isinstance(obj, _FunctionType) and text:
            lineno = obj.__code__.co_firstlineno
        return DocTestParser().get_doctest(text, globs, name, module.__name__, lineno)


class OutputChecker:
    def check_output(self, want, got, optionflags):
        got = str(got.encode("ASCII", "backslashreplace"), "ASCII")
        want = str(want.encode("ASCII", "backslashreplace"), "ASCII")
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = _re.sub(r"(?m)^<BLANKLINE>\s*?$", "", want)
            got = _re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _fits(want, got)

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = _re.sub(r"(?m)^[ ]*(?=\n)", BLANKLINE_MARKER, got)
        if optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF) and want.count("\n") > 2 and got.count("\n") > 2:
            _unsupported("doctest: a report of differences")
        if want and got:
            return f"Expected:\n{_indented(want)}Got:\n{_indented(got)}"
        if want:
            return f"Expected:\n{_indented(want)}Got nothing\n"
        if got:
            return f"Expected nothing\nGot:\n{_indented(got)}"
        return "Expected nothing\nGot nothing\n"


def _indented(text):
    return _re.sub(r"(?m)^(?!$)", "    ", text)


def _fits(want, got):
    """Whether a text fits one in which `...` stands for anything."""
    if ELLIPSIS_MARKER not in want:
        return want == got
    first, *middle, last = want.split(ELLIPSIS_MARKER)
    if not got.startswith(first) or not got.endswith(last):
        return False
    at, end = len(first), len(got) - len(last)
    if at > end:
        return False
    for part in middle:
        at = got.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _without_detail(message):
    """The bare name of an error in the line that shows it."""
    end = len(message)
    for mark in ("\n", ":"):
        place = message.find(mark, 0, end)
        end = place if place >= 0 else end
    return message[message.rfind(".", 0, end) + 1:end]


class DocTestRunner:
    def __init__(self, checker=None, verbose=None, optionflags=0):
        if checker is not None:
            _unsupported("doctest with a checker of its own")
        self._checker = OutputChecker()
        # Without an answer CPython looks for -v on the command line.
        self._verbose = bool(verbose)
        self.optionflags = optionflags
        self.tries = 0
        self.failures = 0
        self._counts = {}

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        if compileflags is not None:
            _unsupported("doctest with compile flags")
        real = _sys.stdout
        write = real.write if out is None else out
        _sys.stdout = captured = _StringIO()
        hook, _sys.displayhook = _sys.displayhook, _sys.__displayhook__
        try:
            return self._run(test, captured, write)
        finally:
            _sys.stdout = real
            _sys.displayhook = hook
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    def _run(self, test, captured, write):
        failures = tries = 0
        for number, example in enumerate(test.examples):
            flags = self.optionflags
            quiet = flags & REPORT_ONLY_FIRST_FAILURE and failures
            for flag, wanted in example.options.items():
                flags = flags | flag if wanted else flags & ~flag
            if flags & SKIP:
                continue
            tries += 1
            if self._verbose and not quiet:
                want = "Expecting:\n" + _indented(example.want) if example.want else "Expecting nothing\n"
                write("Trying:\n" + _indented(example.source) + want)
            error = None
            try:
                exec(compile(example.source, f"<doctest {test.name}[{number}]>", "single"), test.globs)
            except KeyboardInterrupt:
                raise
            except BaseException as raised:
                error = raised
            got = captured.getvalue()
            captured.seek(0)
            captured.truncate(0)
            outcome = self._judged(example, got, error, flags)
            if outcome is None:
                if self._verbose and not quiet:
                    write("ok\n")
                continue
            if not quiet:
                write(self._head(test, example))
                if outcome is _RAISED:
                    _unsupported("doctest: the report of an unexpected exception")
                write(self._checker.output_difference(example, outcome, flags))
            failures += 1
            if flags & FAIL_FAST:
                break
        failed, tried = self._counts.get(test.name, (0, 0))
        self._counts[test.name] = failed + failures, tried + tries
        self.failures += failures
        self.tries += tries
        return TestResults(failures, tries)

    def _judged(self, example, got, error, flags):
        """None where an example gave what it should; else what it gave."""
        if error is None:
            return None if self._checker.check_output(example.want, got, flags) else got
        message = _traceback.format_exception_only(type(error), error)[-1]
        if example.exc_msg is None:
            return _RAISED
        if self._checker.check_output(example.exc_msg, message, flags):
            return None
        if flags & IGNORE_EXCEPTION_DETAIL and self._checker.check_output(
                _without_detail(example.exc_msg), _without_detail(message), flags):
            return None
        _unsupported("doctest: the report of another exception than the expected one")

    def _head(self, test, example):
        if test.lineno is None:
            where = "?"
        else:
            where = test.lineno + example.lineno + 1
        return (f'{_DIVIDER}\nFile "{test.filename}", line {where}, in {test.name}\n'
                f"Failed example:\n{_indented(example.source)}")

    def summarize(self, verbose=None):
        verbose = self._verbose if verbose is None else verbose
        passed, empty, failed = [], [], []
        for name, (failures, tries) in self._counts.items():
            if not tries:
                empty.append(name)
            elif failures:
                failed.append((name, failures, tries))
            else:
                passed.append((name, tries))
        failures = sum([entry[1] for entry in failed])
        tries = sum([entry[2] for entry in failed]) + sum([entry[1] for entry in passed])
        if verbose:
            if empty:
                print(len(empty), "items had no tests:")
                for name in sorted(empty):
                    print("   ", name)
            if passed:
                print(len(passed), "items passed all tests:")
                for name, count in sorted(passed):
                    print(" %3d tests in %s" % (count, name))
        if failed:
            print(_DIVIDER)
            print(len(failed), "items had failures:")
            for name, wrong, count in sorted(failed):
                print(" %3d of %3d in %s" % (wrong, count, name))
        if verbose:
            print(tries, "tests in", len(self._counts), "items.")
            print(tries - failures, "passed and", failures, "failed.")
        if failures:
            print("***Test Failed***", failures, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(failures, tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
            raise_on_error=False, exclude_empty=False):
    """Runs the examples of the program's functions, classes and of itself."""
    if m is None:
        m = _main_module()
    if not isinstance(m, _ModuleType):
        raise TypeError(f"testmod: module required; {m!r}")
    if m is not _main_module() or raise_on_error:
        _unsupported("doctest.testmod with these arguments")
    name = m.__name__ if name is None else name
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(exclude_empty=exclude_empty).find(m, name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(verbose=verbose, recurse=False).find(f, name, globs=globs):
        runner.run(test, compileflags=compileflags)
