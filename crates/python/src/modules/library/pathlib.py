"""Paths as objects: their text and its parts. What asks the file system is refused; opening a file fails as `open` does."""

import os as _os
from fnmatch import fnmatchcase as _fnmatchcase

from _tracer import unsupported as _unsupported

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _Posix:
    """How paths are written where `/` begins all absolute ones."""

    sep = "/"
    is_supported = True

    def cut(self, text):
        """Drive, root, and what follows."""
        rest = text.lstrip("/")
        slashes = len(text) - len(rest)
        return "", "//" if slashes == 2 else "/" if slashes else "", rest

    def fold(self, texts):
        return tuple(texts)


class _Windows:
    """How paths are written where drives and shares come first."""

    sep = "\\"
    is_supported = False
    _devices = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    _devices |= {port + digit for port in ("COM", "LPT") for digit in "123456789\xb9\xb2\xb3"}

    def cut(self, text):
        text = text.replace("/", "\\")
        if text.startswith("\\\\?\\"):
            _unsupported("extended paths of Windows")
        if text.startswith("\\\\") and text[2:3] != "\\":
            host, slash, rest = text[2:].partition("\\")
            if slash and not rest.startswith("\\"):
                share, _, rest = rest.partition("\\")
                return "\\\\" + host + "\\" + share, "\\", rest
        drive = ""
        if text[1:2] == ":" and text[0].isascii() and text[0].isalpha():
            drive, text = text[:2], text[2:]
        if text.startswith("\\"):
            return drive, "\\", text.lstrip("\\")
        return drive, "", text

    def fold(self, texts):
        return tuple([text.lower() for text in texts])


_posix, _windows = _Posix(), _Windows()


def _parsed(flavour, texts):
    """Drive, root and names of texts one after another; the last that has a root begins the path anew."""
    drive = root = ""
    names = []
    for text in texts:
        if not text:
            continue
        own_drive, own_root, rest = flavour.cut(text)
        if own_drive or own_root:
            drive, root, names = own_drive or drive, own_root, []
        names += [name for name in rest.split(flavour.sep) if name and name != "."]
    return drive, root, tuple(names)


def _written(flavour, drive, root, names):
    return drive + root + flavour.sep.join(names)


def _texts(arguments):
    """The texts that stand for the arguments of a path."""
    found = []
    for argument in arguments:
        if isinstance(argument, PurePath):
            found += argument.parts
            continue
        text = _os.fspath(argument)
        if not isinstance(text, str):
            raise TypeError("argument should be a str object or an os.PathLike object returning str, "
                            f"not {type(text)!r}")
        found.append(text)
    return found


def _made(cls, drive, root, names):
    self = object.__new__(cls)
    self._drv, self._root, self._names = drive, root, names
    return self


class _Parents:
    """The folders that hold a path, from the innermost outwards."""

    __slots__ = ("_path", "_count")

    def __init__(self, path):
        self._path, self._count = path, len(path._names)

    def __len__(self):
        return self._count

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple([self[at] for at in range(*idx.indices(self._count))])
        if not -self._count <= idx < self._count:
            raise IndexError(idx)
        path = self._path
        return _made(type(path), path._drv, path._root, path._names[:self._count - 1 - idx % self._count])

    def __iter__(self):
        for at in range(self._count):
            yield self[at]

    def __reversed__(self):
        for at in reversed(range(self._count)):
            yield self[at]

    def __contains__(self, value):
        return any(path is value or path == value for path in self)

    def index(self, value, start=0, stop=None):
        for at in range(*slice(start, stop).indices(self._count)):
            if self[at] == value:
                return at
        raise ValueError

    def count(self, value):
        return sum([path == value for path in self])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


_Parents.__name__ = _Parents.__qualname__ = "_PathParents"


class PurePath:
    __slots__ = ("_drv", "_root", "_names")

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return _made(cls, *_parsed(cls._flavour, _texts(args)))

    def __reduce__(self):
        return type(self), self.parts

    def __str__(self):
        return _written(self._flavour, self._drv, self._root, self._names) or "."

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return _os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def as_posix(self):
        return str(self).replace(self._flavour.sep, "/")

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes

        if self._flavour is _posix:
            return "file://" + quote_from_bytes(bytes(self))
        text, start = self.as_posix(), "file:"
        if self._drv[1:] == ":":
            start, text = f"file:///{self._drv}/", text[2:].lstrip("/")
        return start + quote_from_bytes(text.encode())

    @property
    def _key(self):
        return self._flavour.fold(self.parts)

    def _alike(self, other):
        return isinstance(other, PurePath) and self._flavour is other._flavour

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._flavour is other._flavour and self._key == other._key

    def __hash__(self):
        return hash(self._key)

    def __lt__(self, other):
        return self._key < other._key if self._alike(other) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if self._alike(other) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if self._alike(other) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if self._alike(other) else NotImplemented

    def __class_getitem__(cls, item):
        _unsupported("subscripts of paths")

    @property
    def drive(self):
        return self._drv

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._drv + self._root

    @property
    def parts(self):
        anchor = self._drv + self._root
        return (anchor, *self._names) if anchor else self._names

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + piece for piece in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name.removesuffix(self.suffix)

    def _renamed(self, name):
        return _made(type(self), self._drv, self._root, (*self._names[:-1], name))

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        drive, root, names = _parsed(self._flavour, (name,))
        ends = "/" if self._flavour is _posix else "\\/"
        if not name or name[-1] in ends or drive or root or len(names) != 1:
            raise ValueError(f"Invalid name {name!r}")
        return self._renamed(name)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if self._flavour.sep in suffix or self._flavour is _windows and "/" in suffix:
            raise ValueError(f"Invalid suffix {suffix!r}")
        if suffix and (suffix[0] != "." or suffix == "."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._renamed(self.name.removesuffix(self.suffix) + suffix)

    def _levels(self):
        """Drive, root and names as steps that a path beneath shares."""
        return ((self._drv, self._root) if self._root else (self._drv,) if self._drv else ()) + self._names

    def relative_to(self, *other):
        if not other:
            raise TypeError("need at least one argument")
        flavour = self._flavour
        drive, root, names = _parsed(flavour, _texts(other))
        mine, theirs = self._levels(), _made(type(self), drive, root, names)._levels()
        shared = len(theirs)
        if (self._root or self._drv) and not shared or flavour.fold(mine[:shared]) != flavour.fold(theirs):
            raise ValueError(f"{str(self)!r} is not in the subpath of {_written(flavour, drive, root, names)!r}"
                             " OR one path is relative and the other is absolute.")
        rest = mine[shared:]
        if shared == 1 and self._root:
            # Another drive's root stays.
            return _made(type(self), "", self._root, rest[1:])
        return _made(type(self), "", "", rest)

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    def joinpath(self, *args):
        drive, root, names = _parsed(self._flavour, _texts(args))
        if root:
            drive = drive or self._drv
        elif not drive or drive.lower() == self._drv.lower():
            drive, root, names = self._drv, self._root, self._names + names
        return _made(type(self), drive, root, names)

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return _made(type(self), *_parsed(self._flavour, _texts((key, self))))
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        if not self._names and (self._drv or self._root):
            return self
        return _made(type(self), self._drv, self._root, self._names[:-1])

    @property
    def parents(self):
        return _Parents(self)

    def is_absolute(self):
        return bool(self._root and (self._drv or self._flavour is _posix))

    def is_reserved(self):
        if self._flavour is _posix or not self.parts or self._drv.startswith("\\\\"):
            return False
        name = self.parts[-1].partition(".")[0].partition(":")[0].rstrip(" ")
        return name.upper() in _Windows._devices

    def match(self, path_pattern):
        if not isinstance(path_pattern, str):
            _unsupported("a pattern of paths that is no text")
        (path_pattern,) = self._flavour.fold((path_pattern,))
        drive, root, patterns = _parsed(self._flavour, (path_pattern,))
        if not (drive or root or patterns):
            raise ValueError("empty pattern")
        if drive and (drive,) != self._flavour.fold((self._drv,)) or root and root != self._root:
            return False
        own = self._key
        if drive or root:
            if len(patterns) + 1 != len(own):
                return False
        elif len(patterns) > len(own):
            return False
        return all([_fnmatchcase(part, pattern) for part, pattern in zip(reversed(own), reversed(patterns))])


_os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    __slots__ = ()
    _flavour = _posix


class PureWindowsPath(PurePath):
    __slots__ = ()
    _flavour = _windows


class Path(PurePath):
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        made = _made(cls, *_parsed(cls._flavour, _texts(args)))
        if not cls._flavour.is_supported:
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")
        return made

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(str(self), mode)

    def read_bytes(self):
        return self.open("rb").read()

    def read_text(self, encoding=None, errors=None):
        return self.open().read()

    def write_bytes(self, data):
        memoryview(data)
        self.open("wb")

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        self.open("w")

    def absolute(self):
        if not self.is_absolute():
            _unsupported("Path.absolute of a relative path")
        return self

    def expanduser(self):
        if not (self._drv or self._root) and self._names and self._names[0].startswith("~"):
            _unsupported("Path.expanduser of a home")
        return self


def _refused(name):
    def refuse(*arguments, **keywords):
        _unsupported("Path." + name)

    refuse.__name__, refuse.__qualname__ = name, "Path." + name
    return refuse


for _name in ("cwd", "home"):
    setattr(Path, _name, staticmethod(_refused(_name)))
for _name in ("__enter__ __exit__ samefile iterdir glob rglob resolve stat owner group readlink touch mkdir chmod lchmod unlink "
              "rmdir lstat rename replace symlink_to hardlink_to link_to exists is_dir is_file is_mount is_symlink "
              "is_block_device is_char_device is_fifo is_socket").split():
    setattr(Path, _name, _refused(_name))
del _name


class PosixPath(Path, PurePosixPath):
    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    __slots__ = ()
