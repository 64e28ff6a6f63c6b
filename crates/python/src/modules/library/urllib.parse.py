"""`urllib.parse`: the parts of URLs, and text as it stands in them (RFC 3986)."""

from collections import namedtuple
from functools import lru_cache

from _absent import kind as _kind
from _tracer import unsupported as _unsupported

__all__ = [
    "urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs", "parse_qsl", "quote",
    "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes", "DefragResult", "ParseResult", "SplitResult",
    "DefragResultBytes", "ParseResultBytes", "SplitResultBytes",
]

# Schemes whose paths have a hierarchy, whose URLs name a host, or whose last segments have parameters.
uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtspu",
                 "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero",
               "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel"]

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNRESERVED = frozenset((_LETTERS + "0123456789_.-~").encode())
_OF_SCHEMES = frozenset(_LETTERS + "0123456789+-.")
_BLANKS = "".join([chr(code) for code in range(33)])


def _text(*values):
    """Text is worked with; bytes are refused, and a mixture is an error."""
    for value in values[1:]:
        if value and isinstance(value, str) != isinstance(values[0], str):
            raise TypeError("Cannot mix str and non-str arguments")
    if not isinstance(values[0], str):
        _unsupported("URLs that are no text")


class _Location:
    """What the network location of a URL consists of."""

    __slots__ = ()

    def _login(self):
        login, at, place = self.netloc.rpartition("@")
        return (login if at else None), place

    @property
    def username(self):
        login, _ = self._login()
        return None if login is None else login.partition(":")[0]

    @property
    def password(self):
        login, _ = self._login()
        if login is None or ":" not in login:
            return None
        return login.partition(":")[2]

    @property
    def hostname(self):
        name = self._login()[1].partition(":")[0]
        return name.lower() or None

    @property
    def port(self):
        text = self._login()[1].partition(":")[2]
        if not text:
            return None
        if not (text.isdigit() and text.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {text!r}")
        if int(text) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(text)


class DefragResult(namedtuple("DefragResult", "url fragment")):
    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _Location):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _Location):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


DefragResultBytes = _kind("urllib.parse.DefragResultBytes")
SplitResultBytes = _kind("urllib.parse.SplitResultBytes")
ParseResultBytes = _kind("urllib.parse.ParseResultBytes")


@lru_cache(typed=True)
def urlsplit(url, scheme="", allow_fragments=True):
    _text(url, scheme)
    url, scheme = url.lstrip(_BLANKS), scheme.strip(_BLANKS)
    for blank in "\t\r\n":
        url, scheme = url.replace(blank, ""), scheme.replace(blank, "")
    head, colon, tail = url.partition(":")
    if colon and head and head[0] in _LETTERS and _OF_SCHEMES.issuperset(head):
        scheme, url = head.lower(), tail
    netloc = query = fragment = ""
    if url.startswith("//"):
        end = min([place for place in (url.find(mark, 2) for mark in "/?#") if place >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc or not netloc.isascii():
            _unsupported("URLs of such hosts")
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params:
        # Only the last segment has parameters.
        start = path.rfind("/") + 1
        last, _, params = path[start:].partition(";")
        path = path[:start] + last
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, path, query, fragment, _ = (*components, None)
    _text(*components)
    if netloc or scheme and scheme in uses_netloc and not path.startswith("//"):
        if path and not path.startswith("/"):
            path = "/" + path
        path = "//" + netloc + path
    url = scheme + ":" + path if scheme else path
    if query:
        url += "?" + query
    return url + "#" + fragment if fragment else url


def urlunparse(components):
    scheme, netloc, path, params, query, fragment, _ = (*components, None)
    _text(*components)
    return urlunsplit((scheme, netloc, path + ";" + params if params else path, query, fragment))


def _joined(base, path):
    """A relative path, seen from a base's."""
    folders = base.split("/")
    if folders[-1]:
        del folders[-1]
    if path.startswith("/"):
        segments = path.split("/")
    else:
        segments = folders + path.split("/")
        # Empty segments within are dropped.
        segments[1:-1] = [segment for segment in segments[1:-1] if segment]
    found = []
    for segment in segments:
        if segment == "..":
            if found:
                found.pop()
        elif segment != ".":
            found.append(segment)
    if segments[-1] in (".", ".."):
        found.append("")
    return "/".join(found) or "/"


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    _text(base, url)
    own = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, own.scheme, allow_fragments)
    if scheme != own.scheme or scheme not in uses_relative:
        return url
    if scheme in uses_netloc:
        if netloc:
            return urlunparse((scheme, netloc, path, params, query, fragment))
        netloc = own.netloc
    if not path and not params:
        return urlunparse((scheme, netloc, own.path, own.params, query or own.query, fragment))
    return urlunparse((scheme, netloc, _joined(own.path, path), params, query, fragment))


def urldefrag(url):
    _text(url)
    if "#" not in url:
        return DefragResult(url, "")
    parts = urlparse(url)
    return DefragResult(urlunparse(parts._replace(fragment="")), parts.fragment)


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    return "".join([chr(code) if code in _UNRESERVED or code < 128 and code in safe else "%%%02X" % code for code in bs])


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    blank = " " if isinstance(safe, str) else b" "
    return quote(string, safe + blank, encoding, errors).replace(" ", "+")


_HEXADECIMAL = b"0123456789abcdefABCDEF"


def unquote_to_bytes(string):
    if not string:
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    first, *rest = string.split(b"%")
    found = bytearray(first)
    for piece in rest:
        if len(piece) > 1 and piece[0] in _HEXADECIMAL and piece[1] in _HEXADECIMAL:
            found.append(int(piece[:2], 16))
            found += piece[2:]
        else:
            found += b"%" + piece
    return bytes(found)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        # What is no text complains of its missing method.
        string.split
        return string
    # Runs of ASCII stand for bytes; what stands between them is text already.
    found, run = [], []
    for character in string + "\x80":
        if character < "\x80":
            run.append(character)
            continue
        if run:
            found.append(unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"))
            run = []
        found.append(character)
    return "".join(found[:-1])


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    elif not hasattr(query, "__len__") or len(query) and not isinstance(query[0], tuple):
        raise TypeError("not a valid non-string sequence or mapping object")

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        several = doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__len__")
        pairs += [quoted(key) + "=" + quoted(item) for item in (value if several else (value,))]
    return "&".join(pairs)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
              separator="&"):
    if not separator or not isinstance(separator, str):
        raise ValueError("Separator must be of type string or bytes.")
    _text(qs)
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    found = []
    for field in qs.split(separator) if qs else []:
        name, equals, value = field.partition("=")
        if not field and not strict_parsing:
            continue
        if not equals and strict_parsing:
            raise ValueError(f"bad query field: {field!r}")
        if value or keep_blank_values:
            found.append((unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)))
    return found


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None,
             separator="&"):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found
