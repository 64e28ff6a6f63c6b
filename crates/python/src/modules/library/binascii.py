"""`binascii`: hexadecimal and checksums."""

from operator import index as _index

from _tracer import unsupported


class Error(ValueError):
    pass


def hexlify(data, sep=None, bytes_per_sep=1):
    if sep is not None:
        unsupported("binascii.hexlify with a separator")
    return data.hex().encode()


b2a_hex = hexlify


def unhexlify(hexstr, /):
    if not isinstance(hexstr, (str, bytes, bytearray, memoryview)):
        raise TypeError(f"argument should be bytes, buffer or ASCII string, not {type(hexstr).__name__!r}")
    text = hexstr if isinstance(hexstr, str) else bytes(hexstr).decode("latin-1")
    if len(text) % 2:
        raise Error("Odd-length string")
    if not all(c in "0123456789abcdefABCDEF" for c in text):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text)


a2b_hex = unhexlify


def _buffer(data):
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}")
    return data


def crc32(data, crc=0, /):
    _buffer(data)
    crc = ~_index(crc) & 0xFFFFFFFF
    for byte in bytes(data):
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return ~crc & 0xFFFFFFFF
