"""`zlib`: its checksums."""

from binascii import _buffer, _index, crc32



def adler32(data, value=1, /):
    _buffer(data)
    value = _index(value)
    low, high = value & 0xFFFF, value >> 16 & 0xFFFF
    for byte in bytes(data):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low
