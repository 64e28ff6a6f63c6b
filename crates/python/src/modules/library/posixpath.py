"""`os.path`: functions of path texts alone."""

from _tracer import unsupported

sep = "/"
curdir = "."
pardir = ".."
extsep = "."
altsep = None
pathsep = ":"


def _text(path):
    if not isinstance(path, str):
        if isinstance(path, bytes) or hasattr(path, "__fspath__"):
            unsupported("os.path with paths that are not strings")
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    return path


def isabs(s):
    return _text(s).startswith("/")


def join(a, *p):
    path = _text(a)
    for part in p:
        if not isinstance(part, str):
            if isinstance(part, bytes) or hasattr(part, "__fspath__"):
                unsupported("os.path with paths that are not strings")
            raise TypeError(f"join() argument must be str, bytes, or os.PathLike object, not {type(part).__name__!r}")
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    cut = _text(p).rfind("/") + 1
    head, tail = p[:cut], p[cut:]
    return (head if head == "/" * len(head) else head.rstrip("/")), tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    start = _text(p).rfind("/") + 1
    dot = p.rfind(".")
    if dot > start and p[start:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def splitdrive(p):
    return "", _text(p)


def normcase(s):
    return _text(s)


def normpath(path):
    if _text(path) == "":
        return "."
    slashes = len(path) - len(path.lstrip("/"))
    root = "//" if slashes == 2 else "/" if slashes else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or not root and not parts or parts and parts[-1] == "..":
            parts.append(part)
        elif parts:
            parts.pop()
    return root + "/".join(parts) or "."


def commonprefix(m):
    if not m:
        return ""
    if not all(isinstance(item, str) for item in m):
        unsupported("os.path.commonprefix of these items")
    low, high = min(m), max(m)
    for place, character in enumerate(low):
        if character != high[place]:
            return low[:place]
    return low


curdir, pardir, sep, pathsep, extsep = ".", "..", "/", ":", "."
defpath, devnull, altsep = "/bin:/usr/bin", "/dev/null", None
supports_unicode_filenames = False
