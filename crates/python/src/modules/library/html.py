"""`html`: characters of text as references, and back. Named references are those of HTML 4; others are refused."""

from _tracer import unsupported as _unsupported

__all__ = ["escape", "unescape"]

_named = {}


def _table():
    if not _named:
        for code, words in _NAMES:
            for name in words.split():
                _named[name] = chr(code)
                code += 1
    return _named


# Runs of code points with their names.
_NAMES = (
    (34, "quot"), (38, "amp"), (60, "lt"), (62, "gt"),
    (160, "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 "
     "sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc "
     "Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve "
     "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute "
     "acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde "
     "ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"),
    (338, "OElig oelig"), (352, "Scaron scaron"), (376, "Yuml"), (402, "fnof"), (710, "circ"), (732, "tilde"),
    (913, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho"),
    (931, "Sigma Tau Upsilon Phi Chi Psi Omega"),
    (945, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma "
     "tau upsilon phi chi psi omega"),
    (977, "thetasym upsih"), (982, "piv"), (8194, "ensp emsp"), (8201, "thinsp"), (8204, "zwnj zwj lrm rlm"),
    (8211, "ndash mdash"), (8216, "lsquo rsquo sbquo"), (8220, "ldquo rdquo bdquo"), (8224, "dagger Dagger bull"),
    (8230, "hellip"), (8240, "permil"), (8242, "prime Prime"), (8249, "lsaquo rsaquo"), (8254, "oline"),
    (8260, "frasl"), (8364, "euro"), (8465, "image"), (8472, "weierp"), (8476, "real"), (8482, "trade"),
    (8501, "alefsym"), (8592, "larr uarr rarr darr harr"), (8629, "crarr"), (8656, "lArr uArr rArr dArr hArr"),
    (8704, "forall"), (8706, "part exist"), (8709, "empty"), (8711, "nabla isin notin"), (8715, "ni"), (8719, "prod"),
    (8721, "sum minus"), (8727, "lowast"), (8730, "radic"), (8733, "prop infin"), (8736, "ang"),
    (8743, "and or cap cup int"), (8756, "there4"), (8764, "sim"), (8773, "cong"), (8776, "asymp"),
    (8800, "ne equiv"), (8804, "le ge"), (8834, "sub sup nsub"), (8838, "sube supe"), (8853, "oplus"),
    (8855, "otimes"), (8869, "perp"), (8901, "sdot"), (8968, "lceil rceil lfloor rfloor"), (9001, "lang rang"),
    (9674, "loz"), (9824, "spades"), (9827, "clubs"), (9829, "hearts diams"),
)
# Of the references by number that Windows-1252 is meant by.
_WINDOWS = {0x80 + place: character for place, character in
            enumerate("\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f"
                      "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178")}


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


def _numbered(digits, base):
    number = int(digits, base)
    if number in _WINDOWS:
        return _WINDOWS[number]
    if number == 0 or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        return "\ufffd"
    if number == 13:
        return "\r"
    if number < 32 and number not in (9, 10, 12) or number == 11 or 0x7F <= number <= 0x9F:
        return ""
    if 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE:
        return ""
    return chr(number)


def unescape(s):
    if "&" not in s:
        return s
    parts, place = [], 0
    while True:
        start = s.find("&", place)
        if start < 0:
            parts.append(s[place:])
            return "".join(parts)
        parts.append(s[place:start])
        end = start + 1
        if s[end:end + 1] == "#":
            end += 1
            base, digits = 10, "0123456789"
            if s[end:end + 1] in ("x", "X"):
                base, digits = 16, "0123456789abcdefABCDEF"
                end += 1
            first = end
            while end < len(s) and s[end] in digits:
                end += 1
            if end == first:
                parts.append("&")
                place = start + 1
                continue
            parts.append(_numbered(s[first:end], base))
            place = end + 1 if s[end:end + 1] == ";" else end
            continue
        while end < len(s) and s[end] not in "\t\n\f <&#;" and end - start <= 32:
            end += 1
        name = s[start + 1:end]
        if not name:
            parts.append("&")
            place = start + 1
        elif s[end:end + 1] == ";" and name in _table():
            parts.append(_named[name])
            place = end + 1
        elif name[0].isascii() and name[0].isalpha():
            # It may be one of HTML 5, or one without its semicolon.
            _unsupported(f"the reference &{name} in HTML")
        else:
            parts.append("&" + name)
            place = end
