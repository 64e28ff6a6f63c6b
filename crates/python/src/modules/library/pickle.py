"""`pickle`: objects as bytes, the very ones of CPython's C implementation; and back (PEP 307, PEP 3154, PEP 574)."""

import io as _io

from _absent import kind as _kind
from _pickle_load import Unpickler, UnpicklingError, PickleError
from _pickle_save import Pickler, PicklingError
from _tracer import unsupported as _unsupported

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
           "PickleBuffer"]

PickleBuffer = _kind("pickle.PickleBuffer")

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL, DEFAULT_PROTOCOL = 5, 4
# The operations, and the bytes that stand for them.
_CODES = """
    ADDITEMS=90 APPEND=61 APPENDS=65 BINBYTES=42 BINBYTES8=8e BINFLOAT=47 BINGET=68 BININT=4a BININT1=4b
    BININT2=4d BINPERSID=51 BINPUT=71 BINSTRING=54 BINUNICODE=58 BINUNICODE8=8d BUILD=62 BYTEARRAY8=96 DICT=64
    DUP=32 EMPTY_DICT=7d EMPTY_LIST=5d EMPTY_SET=8f EMPTY_TUPLE=29 EXT1=82 EXT2=83 EXT4=84 FALSE=4930300a FLOAT=46
    FRAME=95 FROZENSET=91 GET=67 GLOBAL=63 INST=69 INT=49 LIST=6c LONG=4c LONG1=8a LONG4=8b LONG_BINGET=6a
    LONG_BINPUT=72 MARK=28 MEMOIZE=94 NEWFALSE=89 NEWOBJ=81 NEWOBJ_EX=92 NEWTRUE=88 NEXT_BUFFER=97 NONE=4e OBJ=6f
    PERSID=50 POP=30 POP_MARK=31 PROTO=80 PUT=70 READONLY_BUFFER=98 REDUCE=52 SETITEM=73 SETITEMS=75
    SHORT_BINBYTES=43 SHORT_BINSTRING=55 SHORT_BINUNICODE=8c STACK_GLOBAL=93 STOP=2e STRING=53 TRUE=4930310a
    TUPLE=74 TUPLE1=85 TUPLE2=86 TUPLE3=87 UNICODE=56
"""
for _code in _CODES.split():
    _name, _, _bytes = _code.partition("=")
    globals()[_name] = bytes.fromhex(_bytes)
__all__ += sorted([_name for _name in list(globals()) if _name.isupper() and _name[0] != "_"])
del _CODES, _code, _name, _bytes


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    file = _io.BytesIO()
    dump(obj, file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if not isinstance(data, (bytes, bytearray)):
        if isinstance(data, memoryview):
            _unsupported("pickle.loads of a memoryview")
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return load(_io.BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers)
