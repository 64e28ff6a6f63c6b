"""`zlib`: its checksums."""

from binascii import crc32

from _tracer import unsupported


def adler32(data, value=1, /):
    low, high = value & 0xFFFF, value >> 16 & 0xFFFF
    for byte in bytes(data):
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def __getattr__(name):
    if name.startswith("__") and name != "__all__":
        raise AttributeError(name)
    unsupported(f"zlib.{name}")
