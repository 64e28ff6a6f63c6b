"""Words of a shell's line, quoted and put together."""

import re as _re

from _tracer import unsupported as _unsupported

__all__ = ["shlex", "split", "quote", "join"]


def split(s, comments=False, posix=True):
    """The words of a line as a POSIX shell parts them."""
    if s is None:
        _unsupported("shlex.split of standard input")
    if not isinstance(s, str):
        _unsupported("shlex.split of this")
    if not posix:
        _unsupported("shlex.split without posix")
    words, word = [], None
    at = 0
    while at < len(s):
        letter = s[at]
        at += 1
        if letter in " \t\r\n":
            if word is not None:
                words.append(word)
                word = None
        elif letter == "#" and comments:
            # A comment ends the word that it touches.
            if word is not None:
                words.append(word)
                word = None
            while at < len(s) and s[at] != "\n":
                at += 1
        elif letter == "\\":
            if at == len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[at]
            at += 1
        elif letter == "'":
            end = s.find("'", at)
            if end < 0:
                raise ValueError("No closing quotation")
            word = (word or "") + s[at:end]
            at = end + 1
        elif letter == '"':
            word = word or ""
            while True:
                if at == len(s):
                    raise ValueError("No closing quotation")
                letter = s[at]
                at += 1
                if letter == '"':
                    break
                if letter == "\\":
                    if at == len(s):
                        raise ValueError("No escaped character")
                    if s[at] not in '"\\':
                        word += "\\"
                    letter = s[at]
                    at += 1
                word += letter
        else:
            word = (word or "") + letter
    if word is not None:
        words.append(word)
    return words


_UNSAFE = _re.compile(r"[^\w@%+=:,./-]", _re.ASCII).search


def quote(s):
    """A word that a shell reads as this text."""
    if not s:
        return "''"
    if _UNSAFE(s) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join(quote(argument) for argument in split_command)
