"""The part of `io` that is written in Python: bytes in memory, and the base classes."""

from _tracer import title as _title, unsupported as _unsupported


class UnsupportedOperation(OSError, ValueError):
    pass


UnsupportedOperation.__module__ = "io"


class _IOBase:
    """Base of all streams."""

    closed = False

    def _refuse(self, name):
        raise UnsupportedOperation(name)

    def seek(self, offset, whence=0, /):
        self._refuse("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, pos=None, /):
        self._refuse("truncate")

    def fileno(self):
        self._refuse("fileno")

    def flush(self):
        self._check()

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True

    def seekable(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def isatty(self):
        self._check()
        return False

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exception):
        self.close()

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self, size=-1, /):
        _unsupported("readline of io.IOBase")

    def readlines(self, hint=-1, /):
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if hint is not None and 0 < hint <= length:
                break
        return lines

    def writelines(self, lines, /):
        self._check()
        for line in lines:
            self.write(line)


class IOBase(_IOBase):
    pass


class RawIOBase(_IOBase):
    pass


class BufferedIOBase(_IOBase):
    pass


class TextIOBase(_IOBase):
    encoding = errors = newlines = None


for _class in (IOBase, RawIOBase, BufferedIOBase, TextIOBase):
    _class.__module__ = "io"


class BytesIO(_IOBase):
    def __init__(self, initial_bytes=b""):
        self._bytes = bytearray(initial_bytes if initial_bytes is not None else b"")
        self._at = 0

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def readable(self):
        self._check()
        return True

    writable = seekable = readable

    def getvalue(self):
        self._check()
        return bytes(self._bytes)

    def getbuffer(self):
        _unsupported("BytesIO.getbuffer")

    def read(self, size=-1, /):
        self._check()
        if size is None or size < 0:
            end = len(self._bytes)
        else:
            end = min(self._at + size, len(self._bytes))
        data = bytes(self._bytes[self._at:end])
        self._at = max(self._at, end)
        return data

    def read1(self, size=-1, /):
        return self.read(size)

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def readline(self, size=-1, /):
        self._check()
        end = self._bytes.find(b"\n", self._at) + 1 or len(self._bytes)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        data = bytes(self._bytes[self._at:end])
        self._at = max(self._at, end)
        return data

    def write(self, b, /):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not isinstance(b, (bytes, bytearray)):
            if isinstance(b, (int, float, list, tuple, dict, type(None))):
                raise TypeError(f"a bytes-like object is required, not '{type(b).__name__}'")
            _unsupported("writing this to a BytesIO")
        if not b:
            return 0
        if self._at > len(self._bytes):
            self._bytes.extend(bytes(self._at - len(self._bytes)))
        self._bytes[self._at:self._at + len(b)] = b
        self._at += len(b)
        return len(b)

    def seek(self, pos, whence=0, /):
        self._check()
        if whence == 0:
            if pos < 0:
                raise ValueError(f"negative seek value {pos}")
        elif whence == 1:
            pos = max(0, self._at + pos)
        elif whence == 2:
            pos = max(0, len(self._bytes) + pos)
        else:
            raise ValueError(f"invalid whence ({whence}, should be 0, 1 or 2)")
        self._at = pos
        return pos

    def tell(self):
        self._check()
        return self._at

    def truncate(self, size=None, /):
        self._check()
        if size is None:
            size = self._at
        elif size < 0:
            raise ValueError(f"negative size value {size}")
        del self._bytes[size:]
        return size


BytesIO.__module__ = "_io"
_title(BytesIO, "_io.BytesIO")
