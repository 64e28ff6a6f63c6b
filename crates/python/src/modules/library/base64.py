"""`base64`: the encodings of RFC 4648."""

import binascii

from _tracer import unsupported

_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def _bytes(s):
    if isinstance(s, (bytes, bytearray)):
        return bytes(s)
    raise TypeError(f"a bytes-like object is required, not '{type(s).__name__}'")


def _encodable(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, (bytes, bytearray)):
        return bytes(s)
    raise TypeError(f"argument should be a bytes-like object or ASCII string, not {type(s).__name__!r}")


def b64encode(s, altchars=None):
    out = bytearray()
    data = _bytes(s)
    for start in range(0, len(data), 3):
        chunk = data[start:start + 3]
        number = int.from_bytes(chunk + bytes(3 - len(chunk)), "big")
        quad = [_STANDARD[number >> shift & 63] for shift in (18, 12, 6, 0)]
        for place in range(len(chunk) + 1, 4):
            quad[place] = 61
        out.extend(quad)
    if altchars is not None:
        if len(altchars) != 2:
            unsupported("base64: altchars of this length")
        out = bytearray([altchars[0] if b == 43 else altchars[1] if b == 47 else b for b in out])
    return bytes(out)


def b64decode(s, altchars=None, validate=False):
    data = _encodable(s)
    if altchars is not None:
        altchars = _encodable(altchars)
        data = bytes([43 if b == altchars[0] else 47 if b == altchars[1] else b for b in data])
    if validate and not all(b in _STANDARD or b == 61 for b in data):
        unsupported("base64: validation of malformed text")
    digits = [b for b in data if b in _STANDARD or b == 61]
    plain = bytes(digits).rstrip(b"=")
    if 61 in plain:
        unsupported("base64: padding inside the text")
    padding = len(digits) - len(plain)
    if len(plain) % 4 == 1:
        raise binascii.Error(
            f"Invalid base64-encoded string: number of data characters ({len(plain)}) cannot be 1 more than a multiple of 4")
    if (len(plain) + padding) % 4 or padding > 2:
        if len(plain) % 4 and padding < 4 - len(plain) % 4:
            raise binascii.Error("Incorrect padding")
        unsupported("base64: excess padding")
    out = bytearray()
    for start in range(0, len(plain), 4):
        chunk = plain[start:start + 4]
        number = 0
        for b in chunk:
            number = number << 6 | _STANDARD.index(b)
        number <<= 6 * (4 - len(chunk))
        out.extend(number.to_bytes(3, "big")[:len(chunk) - 1])
    return bytes(out)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def b16encode(s):
    return _bytes(s).hex().upper().encode()


def b16decode(s, casefold=False):
    data = _encodable(s)
    if casefold:
        data = data.upper()
    if len(data) % 2 or not all(b in b"0123456789ABCDEF" for b in data):
        raise binascii.Error("Non-base16 digit found")
    return bytes.fromhex(data.decode())


def b32encode(s):
    out = bytearray()
    data = _bytes(s)
    for start in range(0, len(data), 5):
        chunk = data[start:start + 5]
        number = int.from_bytes(chunk + bytes(5 - len(chunk)), "big")
        used = (len(chunk) * 8 + 4) // 5
        out.extend([_BASE32[number >> 35 - 5 * place & 31] if place < used else 61 for place in range(8)])
    return bytes(out)
