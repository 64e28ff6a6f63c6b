"""Regular expressions."""

from operator import index as _index

from _tracer import (regex_all as _all, regex_compile as _compile_native, regex_escape as _escape,
                     regex_match as _match, regex_replacement as _replacement, unsupported as _unsupported)

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "template",
           "escape", "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE",
           "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag"]

_FLAG_NAMES = ((256, "ASCII"), (2, "IGNORECASE"), (4, "LOCALE"), (32, "UNICODE"), (8, "MULTILINE"), (16, "DOTALL"),
               (64, "VERBOSE"), (1, "TEMPLATE"), (128, "DEBUG"))
_END = 9223372036854775807


class _Flags(type):
    def __repr__(cls):
        return "<flag 'RegexFlag'>"


class RegexFlag(int, metaclass=_Flags):
    def __repr__(self):
        if not self:
            return "re.NOFLAG"
        value = int(self)
        if value < 0 or value & ~511:
            _unsupported("unknown flags of regular expressions")
        return "|".join(["re." + name for bit, name in _FLAG_NAMES if value & bit])

    __str__ = __repr__

    def __or__(self, other):
        return RegexFlag(int(self) | int(other)) if isinstance(other, int) else NotImplemented

    def __and__(self, other):
        return RegexFlag(int(self) & int(other)) if isinstance(other, int) else NotImplemented

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other)) if isinstance(other, int) else NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        return RegexFlag(511 & ~int(self))

    @property
    def name(self):
        _unsupported("names of regular expressions' flags")

    @property
    def value(self):
        return int(self)


NOFLAG = RegexFlag(0)
TEMPLATE = T = RegexFlag(1)
IGNORECASE = I = RegexFlag(2)
LOCALE = L = RegexFlag(4)
MULTILINE = M = RegexFlag(8)
DOTALL = S = RegexFlag(16)
UNICODE = U = RegexFlag(32)
VERBOSE = X = RegexFlag(64)
DEBUG = RegexFlag(128)
ASCII = A = RegexFlag(256)


class error(Exception):
    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        else:
            self.lineno = self.colno = None
        super().__init__(msg)


def _numbered(pattern, group):
    """A group's number, -1 where there is none."""
    if isinstance(group, str):
        return pattern.groupindex.get(group, -1)
    if hasattr(group, "__index__"):
        number = group.__index__()
        if 0 <= number <= pattern.groups:
            return number
    return -1


class Match:
    __slots__ = ("re", "string", "pos", "endpos", "regs", "lastindex")

    def __new__(cls, *args, **keywords):
        raise TypeError("cannot create 're.Match' instances")

    def _span(self, group):
        number = _numbered(self.re, group)
        if number < 0:
            raise IndexError("no such group")
        return self.regs[number]

    def _text(self, group, default=None):
        start, end = self._span(group)
        return default if start < 0 else self.string[start:end]

    def group(self, /, *groups):
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(groups[0])
        return tuple([self._text(group) for group in groups])

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        return tuple([self._text(group, default) for group in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._text(group, default) for name, group in self.re.groupindex.items()}

    def start(self, group=0, /):
        return self._span(group)[0]

    def end(self, group=0, /):
        return self._span(group)[1]

    def span(self, group=0, /):
        return self._span(group)

    def expand(self, template):
        return _expanded(self, _template(self.re, template))

    @property
    def lastgroup(self):
        if self.lastindex is not None:
            for name, group in self.re.groupindex.items():
                if group == self.lastindex:
                    return name
        return None

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        return "<re.Match object; span=%r, match=%.50r>" % (self.regs[0], self._text(0))


class Pattern:
    __slots__ = ("pattern", "flags", "groups", "groupindex", "_handle", "_is_bytes")

    def __new__(cls, *args, **keywords):
        raise TypeError("cannot create 're.Pattern' instances")

    def _check(self, string):
        if isinstance(string, str):
            if self._is_bytes:
                raise TypeError("cannot use a bytes pattern on a string-like object")
        elif isinstance(string, (bytes, bytearray)):
            if not self._is_bytes:
                raise TypeError("cannot use a string pattern on a bytes-like object")
        else:
            raise TypeError("expected string or bytes-like object, got %r" % type(string).__name__)

    def _made(self, string, pos, endpos, found):
        match = object.__new__(Match)
        match.re = self
        match.string = string
        match.pos = min(max(pos, 0), len(string))
        match.endpos = min(max(endpos, 0), len(string))
        match.regs, match.lastindex = found
        return match

    def _one(self, string, pos, endpos, mode):
        self._check(string)
        found = _match(self._handle, string, min(max(pos, 0), len(string)), endpos, mode)
        return None if found is None else self._made(string, pos, endpos, found)

    def search(self, /, string, pos=0, endpos=_END):
        return self._one(string, pos, endpos, 0)

    def match(self, /, string, pos=0, endpos=_END):
        return self._one(string, pos, endpos, 1)

    def fullmatch(self, /, string, pos=0, endpos=_END):
        return self._one(string, pos, endpos, 2)

    def findall(self, /, string, pos=0, endpos=_END):
        self._check(string)
        empty = string[:0]
        groups = self.groups
        result = []
        for regs, _ in _all(self._handle, string, pos, endpos, 0):
            if groups < 2:
                start, end = regs[groups]
                result.append(empty if start < 0 else string[start:end])
            else:
                result.append(tuple([empty if start < 0 else string[start:end] for start, end in regs[1:]]))
        return result

    def finditer(self, /, string, pos=0, endpos=_END):
        self._check(string)
        found = iter(_all(self._handle, string, pos, endpos, 0))

        def following():
            for item in found:
                return self._made(string, pos, endpos, item)
            return None

        return iter(following, None)

    def split(self, /, string, maxsplit=0):
        maxsplit = _index(maxsplit)
        self._check(string)
        parts = []
        last = 0
        for regs, _ in _all(self._handle, string, 0, _END, max(maxsplit, 0)) if maxsplit >= 0 else ():
            start, end = regs[0]
            parts.append(string[last:start])
            for start, stop in regs[1:]:
                parts.append(None if start < 0 else string[start:stop])
            last = end
        parts.append(string[last:])
        return parts

    def subn(self, /, repl, string, count=0):
        count = _index(count)
        self._check(string)
        pieces = None
        if not callable(repl):
            pieces = _template(self, repl)
        parts = []
        last = 0
        number = 0
        for found in _all(self._handle, string, 0, _END, max(count, 0)) if count >= 0 else ():
            match = self._made(string, 0, _END, found)
            start, end = match.regs[0]
            parts.append(string[last:start])
            new = repl(match) if pieces is None else _expanded(match, pieces)
            if new is not None:
                parts.append(new)
            last = end
            number += 1
        if not number:
            return string, 0
        parts.append(string[last:])
        return string[:0].join([part for part in parts if not (isinstance(part, (str, bytes)) and not part)]), number

    def sub(self, /, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return (self.flags, self._is_bytes, self.pattern) == (other.flags, other._is_bytes, other.pattern)

    def __hash__(self):
        return hash((self.flags, self.pattern))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __repr__(self):
        flags = self.flags
        if not self._is_bytes and flags & 32:
            flags &= ~32
        shown = repr(self.pattern)[:200]
        names = "|".join(["re." + name for bit, name in sorted(_FLAG_NAMES) if flags & bit])
        return "re.compile(%s, %s)" % (shown, names) if flags else "re.compile(%s)" % shown


def _template(pattern, repl):
    if not isinstance(repl, (str, bytes)):
        if pattern._is_bytes:
            _unsupported("replacements of other types")
        raise TypeError("decoding to str: need a bytes-like object, %s found" % type(repl).__name__)
    pieces = _replacement(pattern._handle, repl)
    if type(pieces) is tuple:
        raise error(pieces[0], repl, pieces[1])
    return pieces


def _expanded(match, pieces):
    empty = match.string[:0]
    texts = [(match._text(piece) or empty) if type(piece) is int else piece for piece in pieces]
    return texts[0] if len(texts) == 1 else empty.join(texts)


_cache = {}


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = int(flags)
    key = (type(pattern), pattern, flags)
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    if flags & (TEMPLATE | DEBUG):
        _unsupported("re.DEBUG and re.TEMPLATE")
    made = _compile_native(pattern, flags)
    if len(made) == 2:
        raise error(made[0], pattern if made[1] is not None else None, made[1])
    result = object.__new__(Pattern)
    result.pattern = pattern
    result._is_bytes = not isinstance(pattern, str)
    result._handle, result.flags, result.groups, result.groupindex = made
    if len(_cache) >= 512:
        _cache.clear()
    _cache[key] = result
    return result


def compile(pattern, flags=0):
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return _compile(pattern, flags).finditer(string)


def escape(pattern):
    return _escape(pattern)


def purge():
    _cache.clear()


def template(pattern, flags=0):
    _unsupported("re.template")
