"""Literals read from text. Trees of syntax are not made."""

import re as _re

from _tracer import unsupported as _unsupported

# What `import *` brings first: it is refused with it.
__all__ = ["AST"]

_TOKEN = _re.compile(
    r"""(?P<space>(?:[ \t\f\r\n]|\\\r?\n|\#[^\n]*)+)
    | (?P<text>[bBrRuU]{0,2}(?:'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|'(?:[^\\'\n]|\\.)*'|"(?:[^\\"\n]|\\.)*"))
    | (?P<number>(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?[jJ]?))
    | (?P<name>True|False|None|\.\.\.)(?!\w)
    | (?P<empty>set(?=[ \t]*\([ \t]*\)))
    | (?P<mark>[-+()\[\]{},:])""",
    _re.VERBOSE | _re.DOTALL,
)


class _Malformed:
    """The text of an error that shows an address."""

    def __str__(self):
        _unsupported("the message of ast.literal_eval's error")

    __repr__ = __str__


def _malformed():
    raise ValueError(_Malformed())


def _tokens(text):
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _malformed()
        if match.lastgroup != "space":
            found.append((match.lastgroup, match.group()))
        at = match.end()
    found.append(("end", ""))
    return found


class _Checker:
    """Goes through a text that is an expression, and stops where it is no literal."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def take(self, mark):
        if self.tokens[self.at] == ("mark", mark):
            self.at += 1
            return True
        return False

    def value(self):
        """A literal; says of a number whether it is complex, and 'other' of all else."""
        kind = self.part()
        while self.tokens[self.at][1] in ("+", "-"):
            self.at += 1
            if kind not in ("number", "signed") or self.part() != "complex":
                _malformed()
            kind = "sum"
        return "other" if kind == "sum" else kind

    def part(self):
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return "complex" if text[-1] in "jJ" and text[:2] not in ("0x", "0X") else "number"
        if kind == "text":
            while self.tokens[self.at][0] == "text":
                self.at += 1
            return "other"
        if kind == "name":
            return "other"
        if kind == "empty":
            self.at += 2
            return "other"
        if text in ("+", "-") and kind == "mark":
            inner = self.part()
            if inner not in ("number", "complex"):
                _malformed()
            return "signed"
        if text == "(":
            if self.take(")"):
                return "other"
            inner = self.value()
            if self.take(")"):
                return inner
            self.rest(")")
        elif text == "[":
            if not self.take("]"):
                self.value()
                self.rest("]")
        elif text == "{":
            if not self.take("}"):
                self.value()
                if self.take(":"):
                    self.value()
                    self.pairs()
                else:
                    self.rest("}")
        else:
            _malformed()
        return "other"

    def rest(self, end):
        while not self.take(end):
            if not self.take(","):
                _malformed()
            if self.take(end):
                return
            self.value()

    def pairs(self):
        while not self.take("}"):
            if not self.take(","):
                _malformed()
            if self.take("}"):
                return
            self.value()
            if not self.take(":"):
                _malformed()
            self.value()

    def all(self):
        self.value()
        while self.take(","):
            if self.tokens[self.at][0] == "end":
                break
            self.value()
        if self.tokens[self.at][0] != "end":
            _malformed()


def literal_eval(node_or_string):
    """The value of a text that is a literal, or a collection of them."""
    if not isinstance(node_or_string, str):
        _unsupported("ast.literal_eval of this")
    text = node_or_string.lstrip(" \t")
    code = compile(text, "<unknown>", "eval")
    _Checker(_tokens(text)).all()
    return eval(code, {})
