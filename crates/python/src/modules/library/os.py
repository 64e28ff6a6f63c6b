"""`os`: names that need no operating system."""

from abc import ABC as _ABC, abstractmethod as _abstractmethod

from _tracer import input_size, read_input, unsupported

name = "posix"
sep = "/"
altsep = None
extsep = "."
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
devnull = "/dev/null"

import posixpath as path


SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR = 0, 1, 2
EX_OK = 0
error = OSError
defpath = "/bin:/usr/bin"


def read(fd, length, /):
    """Standard input is the only file that is open."""
    if fd.__class__ is not int or length.__class__ is not int:
        unsupported("os.read of these arguments")
    if fd != 0:
        unsupported("os.read of another file than standard input")
    if length < 0:
        raise OSError(22, "Invalid argument")
    return read_input(length)


class stat_result:
    """What is known of standard input: its size."""

    def __init__(self, size):
        self.st_size = size

    def __getattr__(self, name):
        unsupported("os.stat_result." + name)

    def __repr__(self):
        unsupported("the text of an os.stat_result")

    def __getitem__(self, key):
        unsupported("os.stat_result as a sequence")

    __iter__ = __len__ = __eq__ = __hash__ = __repr__


def fstat(fd):
    if fd.__class__ is not int or fd != 0:
        unsupported("os.fstat of another file than standard input")
    return stat_result(input_size())


def write(fd, data, /):
    if fd != 2:
        unsupported("os.write")
    return len(data)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


class PathLike(_ABC):
    @_abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return True if any("__fspath__" in base.__dict__ for base in subclass.__mro__) else NotImplemented
        return NotImplemented


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if not hasattr(type(path), "__fspath__"):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")
    text = type(path).__fspath__(path)
    if isinstance(text, (str, bytes)):
        return text
    raise TypeError(f"expected {type(path).__name__}.__fspath__() to return str or bytes, not {type(text).__name__}")
