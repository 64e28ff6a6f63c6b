"""File names matched by shell patterns, and the patterns as regular expressions."""

import posixpath as _posixpath
import re as _re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def _translated(pattern):
    """Parts of the expression; None for each run of stars."""
    parts = []
    at = 0
    while at < len(pattern):
        letter = pattern[at]
        at += 1
        if letter == "*":
            if not parts or parts[-1] is not None:
                parts.append(None)
        elif letter == "?":
            parts.append(".")
        elif letter == "[":
            end = at
            if pattern[end:end + 1] == "!":
                end += 1
            if pattern[end:end + 1] == "]":
                end += 1
            while end < len(pattern) and pattern[end] != "]":
                end += 1
            if end >= len(pattern):
                parts.append(r"\[")
                continue
            parts.append(_letters(pattern, at, end))
            at = end + 1
        else:
            parts.append(_re.escape(letter))
    return parts


def _letters(pattern, at, end):
    """The expression of the set of letters in brackets."""
    inside = pattern[at:end]
    if "-" not in inside:
        inside = inside.replace("\\", r"\\")
    else:
        chunks = []
        hyphen = at + 2 if pattern[at] == "!" else at + 1
        while True:
            hyphen = pattern.find("-", hyphen, end)
            if hyphen < 0:
                break
            chunks.append(pattern[at:hyphen])
            at = hyphen + 1
            hyphen += 3
        rest = pattern[at:end]
        if rest:
            chunks.append(rest)
        else:
            chunks[-1] += "-"
        # Ranges that hold nothing go away, with the hyphen between their ends.
        for k in range(len(chunks) - 1, 0, -1):
            if chunks[k - 1][-1] > chunks[k][0]:
                chunks[k - 1] = chunks[k - 1][:-1] + chunks[k][1:]
                del chunks[k]
        inside = "-".join([chunk.replace("\\", r"\\").replace("-", r"\-") for chunk in chunks])
    inside = _re.sub(r"([&~|])", r"\\\1", inside)
    if not inside:
        return "(?!)"
    if inside == "!":
        return "."
    if inside[0] == "!":
        inside = "^" + inside[1:]
    elif inside[0] in ("^", "["):
        inside = "\\" + inside
    return f"[{inside}]"


def translate(pat):
    """A regular expression for a shell pattern."""
    parts = _translated(pat)
    out = []
    at = 0
    while at < len(parts) and parts[at] is not None:
        out.append(parts[at])
        at += 1
    while at < len(parts):
        at += 1
        fixed = []
        while at < len(parts) and parts[at] is not None:
            fixed.append(parts[at])
            at += 1
        text = "".join(fixed)
        if at == len(parts):
            out.append(".*" + text)
        else:
            # What a star takes is the least that lets the text after it follow: no way back into it.
            out.append(f"(?>.*?{text})")
    return rf"(?s:{''.join(out)})\Z"


def _matcher(pattern):
    if isinstance(pattern, bytes):
        pattern = translate(str(pattern, "ISO-8859-1")).encode("ISO-8859-1")
    else:
        pattern = translate(pattern)
    return _re.compile(pattern).match


def fnmatchcase(name, pat):
    return _matcher(pat)(name) is not None


def fnmatch(name, pat):
    return fnmatchcase(_posixpath.normcase(name), _posixpath.normcase(pat))


def filter(names, pat):
    """The names that match."""
    match = _matcher(_posixpath.normcase(pat))
    return [name for name in names if match(name)]
