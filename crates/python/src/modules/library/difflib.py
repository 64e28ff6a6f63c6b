"""`difflib`: what two sequences have in common, and reports of how they differ."""

from collections import namedtuple as _namedtuple
from heapq import nlargest as _nlargest

from _absent import kind as _absent_kind
from _tracer import generic_alias as _generic_alias

__all__ = ["get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK",
           "context_diff", "unified_diff", "diff_bytes", "HtmlDiff", "Match"]

# In sequences of so many elements, one that makes up more than a hundredth of them is too popular to be a hint.
_POPULARITY_COUNTS = 200

HtmlDiff = _absent_kind("difflib.HtmlDiff")
Match = _namedtuple("Match", "a b size")


def _share(common, total):
    return 2.0 * common / total if total else 1.0


class SequenceMatcher:
    """Ratcliff and Obershelp's way: the longest common run, then the same to its left and to its right."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if self.a is not a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if self.b is not b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self._index()

    def _index(self):
        """Notes where each element of b stands, but for junk and for what is too popular."""
        places = self.b2j = {}
        for place, element in enumerate(self.b):
            places.setdefault(element, []).append(place)
        self.bjunk = set()
        if self.isjunk:
            for element in places:
                if self.isjunk(element):
                    self.bjunk.add(element)
            for element in self.bjunk:
                del places[element]
        self.bpopular = set()
        count = len(self.b)
        if self.autojunk and count >= _POPULARITY_COUNTS:
            bound = count // 100 + 1
            for element, found in places.items():
                if len(found) > bound:
                    self.bpopular.add(element)
            for element in self.bpopular:
                del places[element]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b, junk = self.a, self.b, self.bjunk
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        places = self.b2j
        start_a, start_b, size = alo, blo, 0
        # Lengths of the runs that end before this element of a, by the place in b where they end.
        before = {}
        for i in range(alo, ahi):
            now = {}
            for j in places.get(a[i], ()):
                if j >= bhi:
                    break
                if j >= blo:
                    length = now[j] = before.get(j - 1, 0) + 1
                    if length > size:
                        start_a, start_b, size = i - length + 1, j - length + 1, length
            before = now
        # Elements that are not in the index prolong a run, junk only after all others.
        for wanted in (False, True):
            while (start_a > alo and start_b > blo and (b[start_b - 1] in junk) is wanted
                   and a[start_a - 1] == b[start_b - 1]):
                start_a, start_b, size = start_a - 1, start_b - 1, size + 1
            while (start_a + size < ahi and start_b + size < bhi and (b[start_b + size] in junk) is wanted
                   and a[start_a + size] == b[start_b + size]):
                size += 1
        return Match(start_a, start_b, size)

    def get_matching_blocks(self):
        if self.matching_blocks is None:
            self.matching_blocks = self._blocks(len(self.a), len(self.b))
        return self.matching_blocks

    def _blocks(self, a_length, b_length):
        open_ranges = [(0, a_length, 0, b_length)]
        found = []
        while open_ranges:
            alo, ahi, blo, bhi = open_ranges.pop()
            match = self.find_longest_match(alo, ahi, blo, bhi)
            i, j, size = match
            if not size:
                continue
            found.append(match)
            if alo < i and blo < j:
                open_ranges.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                open_ranges.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined = []
        for i, j, size in found:
            if joined:
                last = joined[-1]
                if last.a + last.size == i and last.b + last.size == j:
                    joined[-1] = Match(last.a, last.b, last.size + size)
                    continue
            joined.append(Match(i, j, size))
        joined.append(Match(a_length, b_length, 0))
        return joined

    def get_opcodes(self):
        if self.opcodes is None:
            self.opcodes = codes = []
            at_a = at_b = 0
            for i, j, size in self.get_matching_blocks():
                if at_a < i and at_b < j:
                    codes.append(("replace", at_a, i, at_b, j))
                elif at_a < i:
                    codes.append(("delete", at_a, i, at_b, j))
                elif at_b < j:
                    codes.append(("insert", at_a, i, at_b, j))
                at_a, at_b = i + size, j + size
                if size:
                    codes.append(("equal", i, at_a, j, at_b))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The opcodes with at most n equal elements around each change. It cuts the stored ones at both ends."""
        codes = self.get_opcodes()
        if not codes:
            codes = [("equal", 0, 1, 0, 1)]
        tag, i1, i2, j1, j2 = codes[0]
        if tag == "equal":
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        tag, i1, i2, j1, j2 = codes[-1]
        if tag == "equal":
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and [code[0] for code in group] != ["equal"]:
            yield group

    def ratio(self):
        common = sum([block[-1] for block in self.get_matching_blocks()])
        return _share(common, len(self.a) + len(self.b))

    def quick_ratio(self):
        """A bound from above: the elements in common without regard to their order."""
        if self.fullbcount is None:
            counts = self.fullbcount = {}
            for element in self.b:
                counts[element] = counts.get(element, 0) + 1
        counts = self.fullbcount
        left = {}
        common = 0
        for element in self.a:
            count = left[element] if element in left else counts.get(element, 0)
            left[element] = count - 1
            if count > 0:
                common += 1
        return _share(common, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        sizes = len(self.a), len(self.b)
        return _share(min(sizes), sum(sizes))

    def __class_getitem__(cls, item):
        return _generic_alias(cls, item)


def _is_closer(matcher, bound):
    """Whether the ratio is above a bound: the cheap bounds are asked first."""
    return matcher.real_quick_ratio() > bound and matcher.quick_ratio() > bound and matcher.ratio() > bound


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    scored = []
    for candidate in possibilities:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            scored.append((matcher.ratio(), candidate))
    return [candidate for _, candidate in _nlargest(n, scored)]


def _marks(tags, text):
    """A line of marks below a text, whose white space (tabs above all) stays what it is where nothing is marked."""
    return "".join([c if tag == " " and c.isspace() else tag for tag, c in zip(tags, text)]).rstrip()


class Differ:
    """Compares lines, and shows within similar ones where they differ."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == "equal":
                yield from self._lines(" ", a, i1, i2)
            else:
                yield from self._changed(a, i1, i2, b, j1, j2)

    def _lines(self, mark, lines, start, end):
        for place in range(start, end):
            yield f"{mark} {lines[place]}"

    def _changed(self, a, i1, i2, b, j1, j2):
        if i1 < i2 and j1 < j2:
            yield from self._replaced(a, i1, i2, b, j1, j2)
        else:
            yield from self._lines("-", a, i1, i2)
            yield from self._lines("+", b, j1, j2)

    def _replaced(self, a, i1, i2, b, j1, j2):
        """Meets at the most similar pair of lines (or at equal ones that were junk to the search) and goes on on both sides."""
        matcher = SequenceMatcher(self.charjunk)
        best, pair, equal = 0.74, None, None
        for j in range(j1, j2):
            matcher.set_seq2(b[j])
            for i in range(i1, i2):
                if a[i] == b[j]:
                    equal = equal or (i, j)
                    continue
                matcher.set_seq1(a[i])
                if _is_closer(matcher, best):
                    best, pair = matcher.ratio(), (i, j)
        similar = best >= 0.75
        if not similar and equal is None:
            first, second = ("-", a, i1, i2), ("+", b, j1, j2)
            if j2 - j1 < i2 - i1:
                # The shorter block first.
                first, second = second, first
            yield from self._lines(*first)
            yield from self._lines(*second)
            return
        i, j = pair if similar else equal
        yield from self._changed(a, i1, i, b, j1, j)
        if similar:
            yield from self._similar(matcher, a[i], b[j])
        else:
            yield "  " + a[i]
        yield from self._changed(a, i + 1, i2, b, j + 1, j2)

    def _similar(self, matcher, old, new):
        matcher.set_seqs(old, new)
        old_tags, new_tags = [], []
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            old_mark, new_mark = {"equal": "  ", "replace": "^^", "delete": "-+", "insert": "-+"}[tag]
            old_tags.append(old_mark * (i2 - i1))
            new_tags.append(new_mark * (j2 - j1))
        for mark, text, tags in (("-", old, old_tags), ("+", new, new_tags)):
            yield f"{mark} {text}"
            marks = _marks("".join(tags), text)
            if marks:
                yield f"? {marks}\n"


def IS_LINE_JUNK(line, pat=None):
    if pat is not None:
        return pat(line) is not None
    return line.strip() in ("", "#")


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    try:
        own = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError("unknown delta choice (must be 1 or 2): %r" % which) from None
    for line in delta:
        if line[:2] in ("  ", own):
            yield line[2:]


def _check_texts(a, b, *texts):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError(f"lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})")
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"all arguments must be str, not: {text!r}")


def _header(mark, name, date, lineterm):
    return f"{mark} {name}{chr(9) + date if date else ''}{lineterm}"


def _unified_range(start, end):
    size = end - start
    if size == 1:
        return str(start + 1)
    return f"{start + 1 if size else start},{size}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield _header("---", fromfile, fromfiledate, lineterm)
            yield _header("+++", tofile, tofiledate, lineterm)
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f"@@ -{_unified_range(i1, i2)} +{_unified_range(j1, j2)} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for line in a[i1:i2]:
                    yield " " + line
            else:
                for line in a[i1:i2]:
                    yield "-" + line
                for line in b[j1:j2]:
                    yield "+" + line


def _context_range(start, end):
    size = end - start
    if size <= 1:
        return str(start + size)
    return f"{start + 1},{end}"


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    _check_texts(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield _header("***", fromfile, fromfiledate, lineterm)
            yield _header("---", tofile, tofiledate, lineterm)
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        tags = {code[0] for code in group}
        yield "***************" + lineterm
        yield f"*** {_context_range(i1, i2)} ****{lineterm}"
        if tags & {"replace", "delete"}:
            for tag, start, end, _, _ in group:
                mark = {"replace": "! ", "delete": "- "}.get(tag, "  ")
                if tag != "insert":
                    for line in a[start:end]:
                        yield mark + line
        yield f"--- {_context_range(j1, j2)} ----{lineterm}"
        if tags & {"replace", "insert"}:
            for tag, _, _, start, end in group:
                mark = {"replace": "! ", "insert": "+ "}.get(tag, "  ")
                if tag != "delete":
                    for line in b[start:end]:
                        yield mark + line


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    def decode(part):
        try:
            return part.decode(*codec)
        except AttributeError as error:
            raise TypeError(f"all arguments must be bytes, not {type(part).__name__} ({part!r})") from error

    # Bytes only pass through the two reports of this module, so that any reversible code serves.
    codec = ("latin-1",) if dfunc in (unified_diff, context_diff) else ("ascii", "surrogateescape")
    a, b = [decode(line) for line in a], [decode(line) for line in b]
    texts = [decode(part) for part in (fromfile, tofile, fromfiledate, tofiledate)]
    for line in dfunc(a, b, *texts, n, decode(lineterm)):
        yield line.encode(*codec)
