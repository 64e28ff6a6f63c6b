"""`binascii`: hexadecimal and checksums."""

from _tracer import unsupported


class Error(ValueError):
    pass


def hexlify(data, sep=None, bytes_per_sep=1):
    if sep is not None:
        unsupported("binascii.hexlify with a separator")
    return data.hex().encode()


b2a_hex = hexlify


def unhexlify(hexstr, /):
    text = hexstr if isinstance(hexstr, str) else bytes(hexstr).decode("latin-1")
    if len(text) % 2:
        raise Error("Odd-length string")
    if not all(c in "0123456789abcdefABCDEF" for c in text):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text)


a2b_hex = unhexlify


def crc32(data, crc=0, /):
    crc = ~crc & 0xFFFFFFFF
    for byte in bytes(data):
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return ~crc & 0xFFFFFFFF
