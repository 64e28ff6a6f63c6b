"""`base64`: the encodings of RFC 4648."""

import binascii

from _tracer import unsupported as _unsupported

_BASE32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"
_BASE85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def _encodable(s):
    if isinstance(s, bytes):
        return s
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters")
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(f"argument should be a bytes-like object or ASCII string, not {type(s).__name__!r}") from None


def b64encode(s, altchars=None):
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return encoded
    assert len(altchars) == 2, repr(altchars)
    return encoded.translate(bytes.maketrans(b"+/", altchars))


def b64decode(s, altchars=None, validate=False):
    s = _encodable(s)
    if altchars is not None:
        altchars = _encodable(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s).translate(_TO_URL)


def urlsafe_b64decode(s):
    return b64decode(_encodable(s).translate(_FROM_URL))


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _encodable(s)
    if casefold:
        s = s.upper()
    if s.translate(None, delete=b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


def _viewed(s):
    return s if isinstance(s, (bytes, bytearray)) else memoryview(s).tobytes()


def _encode_32(s, alphabet):
    out = bytearray()
    data = _viewed(s)
    for start in range(0, len(data), 5):
        chunk = data[start:start + 5]
        number = int.from_bytes(chunk + bytes(5 - len(chunk)), "big")
        used = (len(chunk) * 8 + 4) // 5
        out.extend([alphabet[number >> 35 - 5 * place & 31] if place < used else 61 for place in range(8)])
    return bytes(out)


def _decode_32(s, alphabet, casefold, map01=None):
    data = _encodable(s)
    if map01 is not None:
        _unsupported("base64.b32decode with map01")
    if len(data) % 8:
        raise binascii.Error("Incorrect padding")
    if casefold:
        data = data.upper()
    digits = data.rstrip(b"=")
    padding = len(data) - len(digits)
    if not all([digit in alphabet for digit in digits]):
        raise binascii.Error("Non-base32 digit found")
    if padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    out = bytearray()
    for start in range(0, len(digits), 8):
        chunk = digits[start:start + 8]
        number = 0
        for digit in chunk:
            number = number << 5 | alphabet.index(digit)
        out.extend((number << 5 * (8 - len(chunk))).to_bytes(5, "big")[:len(chunk) * 5 // 8])
    return bytes(out)


def b32encode(s):
    return _encode_32(s, _BASE32)


def b32decode(s, casefold=False, map01=None):
    return _decode_32(s, _BASE32, casefold, map01)


def b32hexencode(s):
    return _encode_32(s, _BASE32_HEX)


def b32hexdecode(s, casefold=False):
    return _decode_32(s, _BASE32_HEX, casefold)


def _encode_85(data, alphabet, pad, zero=None, spaces=None):
    """Four bytes become five digits; words of zeros or of spaces may have a letter of their own."""
    padding = -len(data) % 4
    data = bytes(data) + bytes(padding)
    chunks = []
    for start in range(0, len(data), 4):
        word = int.from_bytes(data[start:start + 4], "big")
        if not word and zero is not None:
            chunks.append(zero)
        elif word == 0x20202020 and spaces is not None:
            chunks.append(spaces)
        else:
            chunks.append(bytes([alphabet[word // 85**power % 85] for power in (4, 3, 2, 1, 0)]))
    if padding and not pad:
        last = alphabet[:1] * 5 if chunks[-1] == zero else chunks[-1]
        chunks[-1] = last[:-padding]
    return b"".join(chunks)


def b85encode(b, pad=False):
    return _encode_85(_viewed(b), _BASE85, pad)


def b85decode(b):
    data = _encodable(b)
    padding = -len(data) % 5
    data += b"~" * padding
    out = bytearray()
    for start in range(0, len(data), 5):
        word = 0
        for place, digit in enumerate(data[start:start + 5]):
            if digit not in _BASE85:
                raise ValueError("bad base85 character at position %d" % (start + place)) from None
            word = word * 85 + _BASE85.index(digit)
        if word >> 32:
            raise ValueError("base85 overflow in hunk starting at byte %d" % start) from None
        out.extend(word.to_bytes(4, "big"))
    return bytes(out[:-padding] if padding else out)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    if wrapcol:
        _unsupported("base64.a85encode with wrapcol")
    text = _encode_85(_viewed(b), bytes(range(33, 118)), pad, b"z", b"y" if foldspaces else None)
    return b"<~" + text + b"~>" if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    data = _encodable(b)
    if adobe:
        if not data.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        data = data[2 if data.startswith(b"<~") else 0:-2]
    out, digits = bytearray(), []
    for letter in data + b"uuuu":
        if 33 <= letter <= 117:
            digits.append(letter - 33)
            if len(digits) == 5:
                word = 0
                for digit in digits:
                    word = word * 85 + digit
                if word >> 32:
                    raise ValueError("Ascii85 overflow") from None
                out.extend(word.to_bytes(4, "big"))
                digits = []
        elif letter == 122:
            if digits:
                raise ValueError("z inside Ascii85 5-tuple")
            out.extend(bytes(4))
        elif foldspaces and letter == 121:
            if digits:
                raise ValueError("y inside Ascii85 5-tuple")
            out.extend(b"    ")
        elif letter not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % letter)
    padding = 4 - len(digits)
    return bytes(out[:-padding] if padding else out)


def _checked(s):
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(f"expected bytes-like object, not {type(s).__name__}") from None


def encodebytes(s):
    """Lines of at most 76 letters, as in mail."""
    data = _checked(s)
    return b"".join([b64encode(data[start:start + 57]) + b"\n" for start in range(0, len(data), 57)])


def decodebytes(s):
    return b64decode(_checked(s))
