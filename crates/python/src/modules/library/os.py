"""`os`: names that need no operating system."""

from _tracer import unsupported

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


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    unsupported("os.fspath of an object")


def __getattr__(name):
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    unsupported(f"os.{name}")
