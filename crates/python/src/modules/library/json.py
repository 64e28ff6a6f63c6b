"""JSON texts."""

import re as _re

import _json as _quick
from _tracer import unsupported as _unsupported

__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_NEEDS_ESCAPE = _re.compile(r'[\x00-\x1f\\"]')
_NEEDS_ASCII = _re.compile(r'[\x00-\x1f\\"]|[^ -~]')
_STRING_END = _re.compile(r'["\\\x00-\x1f]')
_NUMBER = _re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_BLANK = _re.compile(r"[ \t\n\r]*")


class JSONDecodeError(ValueError):
    __module__ = "json.decoder"

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, "%s: line %d column %d (char %d)" % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno


def _escaped(match):
    c = match.group()
    if c in _ESCAPES:
        return _ESCAPES[c]
    code = ord(c)
    if code < 0x10000:
        return "\\u%04x" % code
    code -= 0x10000
    return "\\u%04x\\u%04x" % (0xD800 | code >> 10, 0xDC00 | code & 0x3FF)


class JSONEncoder:
    __module__ = "json.encoder"

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        if type(self) is JSONEncoder:
            text = _quick.write(o, self.indent, self.item_separator, self.key_separator, self.sort_keys,
                                self.ensure_ascii)
            if text is not None:
                return text
        return "".join(self._write(o, {}, 0))

    def iterencode(self, o, _one_shot=False):
        return self._write(o, {}, 0)

    def _string(self, text):
        pattern = _NEEDS_ASCII if self.ensure_ascii else _NEEDS_ESCAPE
        return '"' + pattern.sub(_escaped, text) + '"'

    def _float(self, value):
        if value != value:
            text = "NaN"
        elif value in (float("inf"), float("-inf")):
            text = "Infinity" if value > 0 else "-Infinity"
        else:
            return float.__repr__(value)
        if not self.allow_nan:
            # Indented texts are written by another encoder, which shows the value.
            shown = "" if self.indent is None else ": " + repr(value)
            raise ValueError("Out of range float values are not JSON compliant" + shown)
        return text

    def _simple(self, o):
        """The text of what holds nothing else, or None."""
        if isinstance(o, str):
            return self._string(o)
        if o is None:
            return "null"
        if o is True:
            return "true"
        if o is False:
            return "false"
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return self._float(o)
        return None

    def _key(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return self._float(key)
        if key is True:
            return "true"
        if key is False:
            return "false"
        if key is None:
            return "null"
        if isinstance(key, int):
            return int.__repr__(key)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")

    def _write(self, o, open_, level):
        """The pieces of the text, cut where CPython cuts them."""
        text = self._simple(o)
        if text is not None:
            yield text
            return
        if self.check_circular:
            if id(o) in open_:
                raise ValueError("Circular reference detected")
            open_[id(o)] = o
        if isinstance(o, (list, tuple)):
            yield from self._array(o, open_, level + 1)
        elif isinstance(o, dict):
            yield from self._object(o, open_, level + 1)
        else:
            yield from self._write(self.default(o), open_, level)
        if self.check_circular:
            open_.pop(id(o), None)

    def _line(self, level):
        """What stands before an item."""
        if self.indent is None:
            return ""
        return "\n" + (self.indent if isinstance(self.indent, str) else " " * self.indent) * level

    def _array(self, items, open_, level):
        if not items:
            yield "[]"
            return
        before = "[" + self._line(level)
        for item in items:
            text = self._simple(item)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from self._write(item, open_, level)
            before = self.item_separator + self._line(level)
        if self.indent is not None:
            yield self._line(level - 1)
        yield "]"

    def _object(self, mapping, open_, level):
        if not mapping:
            yield "{}"
            return
        yield "{"
        separator = self._line(level)
        if separator:
            yield separator
        first = True
        for key, value in sorted(mapping.items()) if self.sort_keys else mapping.items():
            key = self._key(key)
            if key is None:
                continue
            if not first:
                yield self.item_separator + separator
            first = False
            yield self._string(key)
            yield self.key_separator
            yield from self._write(value, open_, level)
        if separator:
            yield self._line(level - 1)
        yield "}"


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    return (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                                allow_nan=allow_nan, indent=indent, separators=separators, default=default,
                                sort_keys=sort_keys, **kw).encode(obj)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
         separators=None, default=None, sort_keys=False, **kw):
    encoder = (cls or JSONEncoder)(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
                                   allow_nan=allow_nan, indent=indent, separators=separators, default=default,
                                   sort_keys=sort_keys, **kw)
    for chunk in encoder.iterencode(obj):
        fp.write(chunk)


class JSONDecoder:
    __module__ = "json.decoder"

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or {"NaN": float("nan"), "Infinity": float("inf"),
                                                 "-Infinity": float("-inf")}.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def decode(self, s):
        value, end = self.raw_decode(s, _BLANK.match(s).end())
        end = _BLANK.match(s, end).end()
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return value

    def raw_decode(self, s, idx=0):
        return self._value(s, idx)

    def _value(self, s, at):
        c = s[at:at + 1]
        if c == '"':
            return self._text(s, at + 1)
        if c == "{":
            return self._object(s, at + 1)
        if c == "[":
            return self._array(s, at + 1)
        for word, value in (("null", None), ("true", True), ("false", False)):
            if s.startswith(word, at):
                return value, at + len(word)
        number = _NUMBER.match(s, at)
        if number is not None:
            whole, fraction, power = number.groups()
            if fraction or power:
                return self.parse_float(whole + (fraction or "") + (power or "")), number.end()
            return self.parse_int(whole), number.end()
        for word in ("NaN", "Infinity", "-Infinity"):
            if s.startswith(word, at):
                return self.parse_constant(word), at + len(word)
        raise JSONDecodeError("Expecting value", s, at)

    def _text(self, s, at):
        start = at - 1
        parts = []
        while True:
            stop = _STRING_END.search(s, at)
            if stop is None:
                raise JSONDecodeError("Unterminated string starting at", s, start)
            found = stop.start()
            parts.append(s[at:found])
            c = s[found]
            if c == '"':
                return "".join(parts), found + 1
            if c != "\\":
                if self.strict:
                    raise JSONDecodeError("Invalid control character at", s, found)
                parts.append(c)
                at = found + 1
                continue
            escape = s[found + 1:found + 2]
            if not escape:
                raise JSONDecodeError("Unterminated string starting at", s, start)
            if escape != "u":
                if escape not in _UNESCAPES:
                    raise JSONDecodeError("Invalid \\escape", s, found)
                parts.append(_UNESCAPES[escape])
                at = found + 2
                continue
            code = self._code(s, found + 2)
            at = found + 6
            if 0xD800 <= code < 0xDC00 and s.startswith("\\u", at):
                low = self._code(s, at + 2)
                if 0xDC00 <= low < 0xE000:
                    code = 0x10000 + ((code & 0x3FF) << 10 | low & 0x3FF)
                    at += 6
            if 0xD800 <= code < 0xE000:
                _unsupported("lone surrogates in str")
            parts.append(chr(code))

    def _code(self, s, at):
        digits = s[at:at + 4]
        if at + 4 >= len(s) or any(c not in "0123456789abcdefABCDEF" for c in digits):
            raise JSONDecodeError("Invalid \\uXXXX escape", s, at - 1)
        return int(digits, 16)

    def _array(self, s, at):
        items = []
        at = _BLANK.match(s, at).end()
        if s[at:at + 1] == "]":
            return items, at + 1
        while True:
            item, at = self._value(s, at)
            items.append(item)
            at = _BLANK.match(s, at).end()
            c = s[at:at + 1]
            if c == "]":
                return items, at + 1
            if c != ",":
                raise JSONDecodeError("Expecting ',' delimiter", s, at)
            at = _BLANK.match(s, at + 1).end()

    def _object(self, s, at):
        pairs = []
        at = _BLANK.match(s, at).end()
        if s[at:at + 1] == "}":
            at += 1
        else:
            while True:
                if s[at:at + 1] != '"':
                    raise JSONDecodeError("Expecting property name enclosed in double quotes", s, at)
                key, at = self._text(s, at + 1)
                at = _BLANK.match(s, at).end()
                if s[at:at + 1] != ":":
                    raise JSONDecodeError("Expecting ':' delimiter", s, at)
                at = _BLANK.match(s, at + 1).end()
                value, at = self._value(s, at)
                pairs.append((key, value))
                at = _BLANK.match(s, at).end()
                c = s[at:at + 1]
                if c == "}":
                    at += 1
                    break
                if c != ",":
                    raise JSONDecodeError("Expecting ',' delimiter", s, at)
                at = _BLANK.match(s, at + 1).end()
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs), at
        made = dict(pairs)
        return (made if self.object_hook is None else self.object_hook(made)), at


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
          object_pairs_hook=None, **kw):
    if isinstance(s, (bytes, bytearray)):
        s = bytes(s).decode("utf-8")
    elif not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
    elif s.startswith("\ufeff"):
        raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    if (cls is None and object_hook is None and parse_float is None and parse_int is None and parse_constant is None
            and object_pairs_hook is None and not kw):
        found = _quick.read(s)
        if found is not None:
            return found[0]
    hooks = {"object_hook": object_hook, "object_pairs_hook": object_pairs_hook, "parse_float": parse_float,
             "parse_int": parse_int, "parse_constant": parse_constant}
    given = {name: hook for name, hook in hooks.items() if hook is not None}
    return (cls or JSONDecoder)(**kw, **given).decode(s)


def load(fp, **kw):
    return loads(fp.read(), **kw)
