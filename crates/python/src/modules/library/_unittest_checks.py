"""The assertions of `unittest.TestCase`, which takes them from the class here."""

from _tracer import generic_alias as _generic_alias, unsupported as _unsupported

__name__ = "unittest.case"

_WIDTH = 80
# Lengths of what a shortened text keeps: at its beginning, of the common part, around the difference and at its end.
_PLACEHOLDER, _KEPT = 12, 5
_DIFFERENT = _WIDTH - (3 * _KEPT + 2 * _PLACEHOLDER)

# Failures whose reports show lines of CPython's own files.
unlocated = []


class SkipTest(Exception):
    pass


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if short and len(text) >= _WIDTH:
        return text[:_WIDTH] + " [truncated]..."
    return text


def _shorten(text, head, tail):
    hidden = len(text) - head - tail
    if hidden <= _PLACEHOLDER:
        return text
    return f"{text[:head]}[{hidden} chars]{text[len(text) - tail:]}"


def _shorten_both(first, second):
    """The texts of two values, without most of what they have in common if they are long."""
    texts = safe_repr(first), safe_repr(second)
    longest = max(len(texts[0]), len(texts[1]))
    if longest <= _WIDTH:
        return texts
    common = 0
    while common < len(texts[0]) and texts[0][common:common + 1] == texts[1][common:common + 1]:
        common += 1
    prefix = texts[0][:common]
    room = _WIDTH - (longest - common + _KEPT + _PLACEHOLDER)
    if room > _KEPT:
        prefix = _shorten(prefix, _KEPT, room)
        return prefix + texts[0][common:], prefix + texts[1][common:]
    prefix = _shorten(prefix, _KEPT, _KEPT)
    return tuple([prefix + _shorten(text[common:], _DIFFERENT, _KEPT) for text in texts])


def _counts_by_comparison(first, second):
    """(count in the first, count in the second, element) where the counts differ, of what cannot be hashed."""
    used = object()
    first, second = list(first), list(second)
    found = []

    def take(items, start, element):
        count = 0
        for place in range(start, len(items)):
            if items[place] == element:
                count += 1
                items[place] = used
        return count

    for place, element in enumerate(first):
        if element is used:
            continue
        mine = take(first, place, element)
        theirs = 0
        for other, candidate in enumerate(second):
            if candidate == element:
                theirs += 1
                second[other] = used
        if mine != theirs:
            found.append((mine, theirs, element))
    for place, element in enumerate(second):
        if element is not used:
            found.append((0, take(second, place, element), element))
    return found


def _is_subtype(expected, base):
    if isinstance(expected, tuple):
        return all([_is_subtype(part, base) for part in expected])
    return isinstance(expected, type) and issubclass(expected, base)


class _BaseTestCaseContext:
    def __init__(self, test_case):
        self.test_case = test_case

    def _raiseFailure(self, standardMsg):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, standardMsg))


class _AssertRaisesContext(_BaseTestCaseContext):
    _base_type = BaseException
    _base_type_str = "an exception type or tuple of exception types"

    def __init__(self, expected, test_case, expected_regex=None):
        super().__init__(test_case)
        self.expected = expected
        if expected_regex is not None:
            import re
            expected_regex = re.compile(expected_regex)
        self.expected_regex = expected_regex
        self.obj_name = None
        self.msg = None

    def handle(self, name, args, kwargs):
        """The context manager itself, or None when there is something to call within it."""
        if not _is_subtype(self.expected, self._base_type):
            raise TypeError(f"{name}() arg 1 must be {self._base_type_str}")
        if not args:
            self.msg = kwargs.pop("msg", None)
            if kwargs:
                raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
            return self
        function, *rest = args
        try:
            self.obj_name = function.__name__
        except AttributeError:
            self.obj_name = str(function)
        with self:
            function(*rest, **kwargs)

    def _expected_name(self):
        try:
            return self.expected.__name__
        except AttributeError:
            return str(self.expected)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            by = f" by {self.obj_name}" if self.obj_name else ""
            self._raiseFailure(f"{self._expected_name()} not raised{by}")
        if not issubclass(exc_type, self.expected):
            return False
        self.exception = exc_value.with_traceback(None)
        pattern = self.expected_regex
        if pattern is not None and not pattern.search(str(exc_value)):
            self._raiseFailure(f'"{pattern.pattern}" does not match "{exc_value!s}"')
        return True

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


class TestCase:
    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        return standardMsg if msg is None else "%s : %s" % (standardMsg, msg)

    def _refute(self, msg, text):
        raise self.failureException(self._formatMessage(msg, text))

    def _refute_by_fail(self, msg, text):
        # These go through a method that a program may have replaced.
        self.fail(self._formatMessage(msg, text))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return f"{message}\nDiff is {len(diff)} characters long. Set self.maxDiff to None to see it."

    def assertFalse(self, expr, msg=None):
        if expr:
            self._refute(msg, f"{safe_repr(expr)} is not false")

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._refute(msg, f"{safe_repr(expr)} is not true")

    def assertRaises(self, expected_exception, *args, **kwargs):
        return _AssertRaisesContext(expected_exception, self).handle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _AssertRaisesContext(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        _unsupported("TestCase.assertWarns")

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        _unsupported("TestCase.assertWarnsRegex")

    def assertLogs(self, logger=None, level=None):
        from _unittest_logs import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, False)

    def assertNoLogs(self, logger=None, level=None):
        from _unittest_logs import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, True)

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            asserter = self._type_equality_funcs.get(type(first))
            if asserter is not None:
                return getattr(self, asserter) if isinstance(asserter, str) else asserter
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._refute(msg, "%s != %s" % _shorten_both(first, second))

    def assertEqual(self, first, second, msg=None):
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._refute(msg, f"{safe_repr(first)} == {safe_repr(second)}")

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        distance = abs(first - second)
        if delta is not None:
            if distance <= delta:
                return
        else:
            places = 7 if places is None else places
            if round(distance, places) == 0:
                return
        texts = safe_repr(first), safe_repr(second)
        bound = f"{places!r} places" if delta is None else f"{safe_repr(delta)} delta"
        self._refute(msg, f"{texts[0]} != {texts[1]} within {bound} ({safe_repr(distance)} difference)")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        distance = abs(first - second)
        if delta is not None:
            if not first == second and distance > delta:
                return
        else:
            places = 7 if places is None else places
            if not first == second and round(distance, places) != 0:
                return
        text = f"{safe_repr(first)} == {safe_repr(second)} within "
        if delta is None:
            self._refute(msg, f"{text}{places!r} places")
        self._refute(msg, f"{text}{safe_repr(delta)} delta ({safe_repr(distance)} difference)")

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        kind = "sequence" if seq_type is None else seq_type.__name__
        if seq_type is not None:
            for ordinal, sequence in (("First", seq1), ("Second", seq2)):
                if not isinstance(sequence, seq_type):
                    raise self.failureException(f"{ordinal} sequence is not a {kind}: {safe_repr(sequence)}")
        text = None
        lengths = []
        for ordinal, sequence in (("First", seq1), ("Second", seq2)):
            try:
                lengths.append(len(sequence))
            except (TypeError, NotImplementedError):
                text = f"{ordinal} {kind} has no length.    Non-sequence?"
                break
        if text is None:
            if seq1 == seq2:
                return
            text = self._difference(seq1, seq2, lengths, kind, seq_type)
            if text is None:
                return
        diff = "\n" + "\n".join(_line_diff(seq1, seq2))
        self._refute_by_fail(msg, self._truncateMessage(text, diff))

    def _difference(self, seq1, seq2, lengths, kind, seq_type):
        """Where two sequences differ; None where they only are of different types."""
        text = "%ss differ: %s != %s\n" % ((kind.capitalize(),) + _shorten_both(seq1, seq2))
        for place in range(min(lengths)):
            items = []
            for ordinal, sequence in (("first", seq1), ("second", seq2)):
                try:
                    items.append(sequence[place])
                except (TypeError, IndexError, NotImplementedError):
                    text += f"\nUnable to index element {place} of {ordinal} {kind}\n"
                    break
            if len(items) < 2:
                break
            if items[0] != items[1]:
                text += "\nFirst differing element %d:\n%s\n%s\n" % ((place,) + _shorten_both(*items))
                break
        else:
            if lengths[0] == lengths[1] and seq_type is None and type(seq1) != type(seq2):
                return None
        if lengths[0] != lengths[1]:
            longer = lengths[0] < lengths[1]
            ordinal = ("first", "second")[longer]
            place = min(lengths)
            text += f"\n{ordinal.capitalize()} {kind} contains {max(lengths) - place} additional elements.\n"
            try:
                text += f"First extra element {place}:\n{safe_repr((seq1, seq2)[longer][place])}\n"
            except (TypeError, IndexError, NotImplementedError):
                text += f"Unable to index element {place} of {ordinal} {kind}\n"
        return text

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        differences = []
        for ordinal, own, other in (("first", set1, set2), ("second", set2, set1)):
            try:
                differences.append(own.difference(other))
            except TypeError as error:
                self.fail("invalid type when attempting set difference: %s" % error)
            except AttributeError as error:
                self.fail(f"{ordinal} argument does not support set difference: {error}")
        if not (differences[0] or differences[1]):
            return
        lines = []
        for own, other, difference in (("first", "second", differences[0]), ("second", "first", differences[1])):
            if difference:
                lines.append(f"Items in the {own} set but not the {other}:")
                for item in difference:
                    lines.append(repr(item))
        self._refute_by_fail(msg, "\n".join(lines))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._refute_by_fail(msg, f"{safe_repr(member)} not found in {safe_repr(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._refute_by_fail(msg, f"{safe_repr(member)} unexpectedly found in {safe_repr(container)}")

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._refute_by_fail(msg, f"{safe_repr(expr1)} is not {safe_repr(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._refute_by_fail(msg, f"unexpectedly identical: {safe_repr(expr1)}")

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            text = "%s != %s" % _shorten_both(d1, d2)
            diff = "\n" + "\n".join(_line_diff(d1, d2))
            self._refute_by_fail(msg, self._truncateMessage(text, diff))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        missing, mismatched = [], []
        for key, value in subset.items():
            if key not in dictionary:
                missing.append(key)
            elif value != dictionary[key]:
                mismatched.append(f"{safe_repr(key)}, expected: {safe_repr(value)}, "
                                  f"actual: {safe_repr(dictionary[key])}")
        parts = []
        if missing:
            parts.append("Missing: " + ",".join([safe_repr(key) for key in missing]))
        if mismatched:
            parts.append("Mismatched values: " + ",".join(mismatched))
        if parts:
            self._refute_by_fail(msg, "; ".join(parts))

    def assertCountEqual(self, first, second, msg=None):
        from collections import Counter
        first, second = list(first), list(second)
        try:
            counts = Counter(first), Counter(second)
        except TypeError:
            found = _counts_by_comparison(first, second)
        else:
            if counts[0] == counts[1]:
                return
            mine, theirs = Counter(first), Counter(second)
            found = [(count, theirs.get(element, 0), element) for element, count in mine.items()
                     if count != theirs.get(element, 0)]
            found += [(0, count, element) for element, count in theirs.items() if element not in mine]
        if found:
            diff = "\n".join(["First has %d, Second has %d:  %r" % entry for entry in found])
            self._refute_by_fail(msg, self._truncateMessage("Element counts were not equal:\n", diff))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        lines = first.splitlines(keepends=True), second.splitlines(keepends=True)
        if len(lines[0]) == 1 and first.strip("\r\n") == first:
            lines = [first + "\n"], [second + "\n"]
        from difflib import ndiff
        text = "%s != %s" % _shorten_both(first, second)
        self._refute_by_fail(msg, self._truncateMessage(text, "\n" + "".join(ndiff(*lines))))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._refute_by_fail(msg, f"{safe_repr(a)} not less than {safe_repr(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._refute_by_fail(msg, f"{safe_repr(a)} not less than or equal to {safe_repr(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._refute_by_fail(msg, f"{safe_repr(a)} not greater than {safe_repr(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._refute_by_fail(msg, f"{safe_repr(a)} not greater than or equal to {safe_repr(b)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._refute_by_fail(msg, f"{safe_repr(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._refute_by_fail(msg, "unexpectedly None")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._refute_by_fail(msg, f"{safe_repr(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._refute_by_fail(msg, f"{safe_repr(obj)} is an instance of {cls!r}")

    def assertRegex(self, text, expected_regex, msg=None):
        if isinstance(expected_regex, (str, bytes)):
            import re
            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._refute(msg, f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        if isinstance(unexpected_regex, (str, bytes)):
            import re
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            found = text[match.start():match.end()]
            self._refute(msg, f"Regex matched: {found!r} matches {unexpected_regex.pattern!r} in {text!r}")

    failUnlessEqual = assertEquals = assertEqual
    failIfEqual = assertNotEquals = assertNotEqual
    failUnlessAlmostEqual = assertAlmostEquals = assertAlmostEqual
    failIfAlmostEqual = assertNotAlmostEquals = assertNotAlmostEqual
    failUnless = assert_ = assertTrue
    failUnlessRaises = assertRaises
    failIf = assertFalse
    assertRaisesRegexp = assertRaisesRegex
    assertRegexpMatches = assertRegex
    assertNotRegexpMatches = assertNotRegex


def _line_diff(first, second):
    from difflib import ndiff
    from pprint import pformat
    return ndiff(pformat(first).splitlines(), pformat(second).splitlines())
