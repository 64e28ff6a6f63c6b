"""Properties of characters as of Unicode 14.0."""

import _unicode_tables as _tables
from bisect import bisect_right as _bisect

from _tracer import (
    unicode_character as _character_named,
    unicode_name as _name_of,
    unsupported as _unsupported,
)

unidata_version = "14.0.0"
_ABSENT = object()
_kept = {}


def _of(function, character):
    if not isinstance(character, str):
        raise TypeError(f"{function}() argument must be a unicode character, not {type(character).__name__}")
    if len(character) != 1:
        raise TypeError(f"{function}() argument must be a unicode character, not str")
    return ord(character)


def _first(function, character):
    if not isinstance(character, str) or len(character) != 1:
        raise TypeError(f"{function}() argument 1 must be a unicode character, not {type(character).__name__}")
    return ord(character)


def _looked_up(table, code, outside):
    """The value of the run that a character is in."""
    if table not in _kept:
        starts, values, at = [], [], 0
        for entry in getattr(_tables, table).split():
            distance, _, value = entry.partition(":")
            at += int(distance, 36)
            starts.append(at)
            values.append(value)
        _kept[table] = starts, values
    starts, values = _kept[table]
    place = _bisect(starts, code)
    return values[place - 1] if place else outside


def category(chr, /):
    return _looked_up("CATEGORY", _of("category", chr), "Cn")


def bidirectional(chr, /):
    found = _looked_up("BIDIRECTIONAL", _of("bidirectional", chr), "-")
    return "" if found == "-" else found


def combining(chr, /):
    return int(_looked_up("COMBINING", _of("combining", chr), 0))


def east_asian_width(chr, /):
    return _looked_up("EAST_ASIAN_WIDTH", _of("east_asian_width", chr), "N")


def mirrored(chr, /):
    return int(_looked_up("MIRRORED", _of("mirrored", chr), 0))


def _number(function, chr, default, found, missing):
    if found is not None:
        return found
    if default is _ABSENT:
        raise ValueError(missing)
    return default


def decimal(chr, default=_ABSENT, /):
    code = _first("decimal", chr)
    found = int(_looked_up("DIGIT", code, -1)) if category(chr) == "Nd" else None
    return _number("decimal", chr, default, found, "not a decimal")


def digit(chr, default=_ABSENT, /):
    found = int(_looked_up("DIGIT", _first("digit", chr), -1))
    return _number("digit", chr, default, found if found >= 0 else None, "not a digit")


def numeric(chr, default=_ABSENT, /):
    found = _looked_up("NUMERIC", _first("numeric", chr), "-")
    if found == "-":
        found = None
    else:
        above, _, below = found.partition("/")
        found = int(above) / int(below or 1)
    return _number("numeric", chr, default, found, "not a numeric character")


def name(chr, default=_ABSENT, /):
    _first("name", chr)
    found = None if category(chr) in ("Cn", "Cc", "Cs", "Co") else _name_of(chr)
    if found is None:
        if default is _ABSENT:
            raise ValueError("no such name")
        return default
    return found


def lookup(name, /):
    if isinstance(name, bytes):
        name = name.decode("latin-1")
    if not isinstance(name, str):
        raise TypeError(f"a bytes-like object is required, not '{type(name).__name__}'")
    found = _character_named(name)
    if found is None or category(found) == "Cn" or _name_of(found) != name.upper():
        _unsupported("unicodedata.lookup of what may be an alias or a sequence")
    return found


def _decompositions():
    """What each character stands for: whether only by compatibility, and its parts; and the pairs that are composed."""
    if "decompositions" not in _kept:
        from _unicode_decompositions import DECOMPOSITIONS, NEVER_COMPOSED

        never = {int(code, 36) for code in NEVER_COMPOSED.split()}
        stands, composed, at = {}, {}, 0
        for entry in DECOMPOSITIONS.split():
            distance, _, parts = entry.partition(":")
            at += int(distance, 36)
            tag, closed, parts = parts.rpartition(">")
            parts = [int(part, 36) for part in parts.split("+")]
            stands[at] = tag + closed, parts
            if not tag and len(parts) == 2 and at not in never:
                composed[parts[0], parts[1]] = at
        _kept["decompositions"] = stands, composed
    return _kept["decompositions"]


def decomposition(chr, /):
    tag, parts = _decompositions()[0].get(_of("decomposition", chr), ("", ()))
    words = ["%04X" % part for part in parts]
    return " ".join([tag] + words if tag else words)


def _decomposed(text, compatible):
    stands = _decompositions()[0]
    out = []

    def put(code):
        if 0xAC00 <= code <= 0xD7A3:
            syllable = code - 0xAC00
            out.append(0x1100 + syllable // 588)
            out.append(0x1161 + syllable % 588 // 28)
            if syllable % 28:
                out.append(0x11A7 + syllable % 28)
            return
        tag, parts = stands.get(code, ("", ()))
        if parts and (compatible or not tag):
            for part in parts:
                put(part)
        else:
            out.append(code)

    for letter in text:
        put(ord(letter))
    # Marks stand in the order of their classes, each run of them sorted by itself.
    classes = [int(_looked_up("COMBINING", code, 0)) for code in out]
    at = 0
    while at < len(out):
        if not classes[at]:
            at += 1
            continue
        end = at
        while end < len(out) and classes[end]:
            end += 1
        run = sorted(zip(classes[at:end], out[at:end]), key=lambda pair: pair[0])
        classes[at:end] = [pair[0] for pair in run]
        out[at:end] = [pair[1] for pair in run]
        at = end
    return out, classes


def _pair(first, second):
    if 0x1100 <= first < 0x1113 and 0x1161 <= second < 0x1176:
        return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    if 0xAC00 <= first <= 0xD7A3 and (first - 0xAC00) % 28 == 0 and 0x11A7 < second < 0x11C3:
        return first + second - 0x11A7
    return _decompositions()[1].get((first, second))


def _composed(codes, classes):
    out, starter, last = [], -1, -1
    for code, rank in zip(codes, classes):
        if starter >= 0 and (last < rank or last == -1):
            found = _pair(out[starter], code)
            if found is not None and (last != 0 or rank == 0 and starter == len(out) - 1):
                out[starter] = found
                continue
        if rank == 0:
            starter, last = len(out), -1
        else:
            last = rank
        out.append(code)
    return out


def normalize(form, unistr, /):
    for value in (form, unistr):
        if not isinstance(value, str):
            raise TypeError(f"normalize() argument {1 if value is form else 2} must be str, "
                            f"not {type(value).__name__}")
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise ValueError("invalid normalization form")
    if unistr.isascii():
        return unistr
    codes, classes = _decomposed(unistr, "K" in form)
    if form[-1] == "C":
        codes = _composed(codes, classes)
    return "".join(map(chr, codes))


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr
