"""`hashlib`: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4)."""

import math

from _tracer import unsupported

_M32 = 0xFFFFFFFF
_SHIFTS = (7, 12, 17, 22) * 4 + (5, 9, 14, 20) * 4 + (4, 11, 16, 23) * 4 + (6, 10, 15, 21) * 4


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % p for p in found):
            found.append(number)
        number += 1
    return found


def _root(number, power, bits):
    """The first bits of the fraction of a root."""
    scaled = number << bits * power
    low, high = 0, 1 << bits + 6
    while low + 1 < high:
        middle = low + high >> 1
        if middle**power <= scaled:
            low = middle
        else:
            high = middle
    return low & (1 << bits) - 1


_MD5 = None
_SHA2 = {}


def _md5_table():
    global _MD5
    if _MD5 is None:
        _MD5 = [int(abs(math.sin(step + 1)) * 2**32) & _M32 for step in range(64)]
    return _MD5


def _sha2_table(bits):
    if bits not in _SHA2:
        rounds = 64 if bits == 32 else 80
        _SHA2[bits] = [_root(p, 3, bits) for p in _primes(rounds)], [_root(p, 2, bits) for p in _primes(8)]
    return _SHA2[bits]


def _padded(data, block, order):
    length = 8 if block == 64 else 16
    zeros = -(len(data) + 1 + length) % block
    return data + b"\x80" + bytes(zeros) + (8 * len(data)).to_bytes(length, order)


def _words(chunk, size, order):
    return [int.from_bytes(chunk[at:at + size], order) for at in range(0, len(chunk), size)]


def _md5(data):
    table = _md5_table()
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    data = _padded(data, 64, "little")
    for start in range(0, len(data), 64):
        words = _words(data[start:start + 64], 4, "little")
        a, b, c, d = state
        for step in range(64):
            if step < 16:
                mixed, place = b & c | ~b & d, step
            elif step < 32:
                mixed, place = d & b | ~d & c, (5 * step + 1) % 16
            elif step < 48:
                mixed, place = b ^ c ^ d, (3 * step + 5) % 16
            else:
                mixed, place = c ^ (b | ~d & _M32), 7 * step % 16
            total = a + (mixed & _M32) + table[step] + words[place] & _M32
            turned = total << _SHIFTS[step] | total >> 32 - _SHIFTS[step]
            a, d, c, b = d, c, b, b + turned & _M32
        state = [x + y & _M32 for x, y in zip(state, (a, b, c, d))]
    return b"".join(word.to_bytes(4, "little") for word in state)


def _sha1(data):
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0]
    data = _padded(data, 64, "big")
    for start in range(0, len(data), 64):
        words = _words(data[start:start + 64], 4, "big")
        for step in range(16, 80):
            word = words[step - 3] ^ words[step - 8] ^ words[step - 14] ^ words[step - 16]
            words.append((word << 1 | word >> 31) & _M32)
        a, b, c, d, e = state
        for step in range(80):
            if step < 20:
                mixed, constant = b & c | ~b & d, 0x5A827999
            elif step < 40:
                mixed, constant = b ^ c ^ d, 0x6ED9EBA1
            elif step < 60:
                mixed, constant = b & c | b & d | c & d, 0x8F1BBCDC
            else:
                mixed, constant = b ^ c ^ d, 0xCA62C1D6
            total = (a << 5 | a >> 27) + (mixed & _M32) + e + constant + words[step] & _M32
            a, b, c, d, e = total, a, (b << 30 | b >> 2) & _M32, c, d
        state = [x + y & _M32 for x, y in zip(state, (a, b, c, d, e))]
    return b"".join(word.to_bytes(4, "big") for word in state)


def _sha2(data, bits, state=None, keep=None):
    table, first = _sha2_table(bits)
    state = list(state or first)
    size = bits // 8
    mask = (1 << bits) - 1
    turns = ((2, 13, 22), (6, 11, 25), (7, 18, 3), (17, 19, 10)) if bits == 32 else (
        (28, 34, 39), (14, 18, 41), (1, 8, 7), (19, 61, 6))

    def turn(x, n):
        return (x >> n | x << bits - n) & mask

    data = _padded(data, 16 * size, "big")
    for start in range(0, len(data), 16 * size):
        words = _words(data[start:start + 16 * size], size, "big")
        for step in range(16, len(table)):
            x, y = words[step - 15], words[step - 2]
            small = turn(x, turns[2][0]) ^ turn(x, turns[2][1]) ^ x >> turns[2][2]
            other = turn(y, turns[3][0]) ^ turn(y, turns[3][1]) ^ y >> turns[3][2]
            words.append(words[step - 16] + small + words[step - 7] + other & mask)
        a, b, c, d, e, f, g, h = state
        for step in range(len(table)):
            big = turn(e, turns[1][0]) ^ turn(e, turns[1][1]) ^ turn(e, turns[1][2])
            t1 = h + big + (e & f ^ ~e & mask & g) + table[step] + words[step]
            big = turn(a, turns[0][0]) ^ turn(a, turns[0][1]) ^ turn(a, turns[0][2])
            t2 = big + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = t1 + t2 & mask, a, b, c, d + t1 & mask, e, f, g
        state = [x + y & mask for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(word.to_bytes(size, "big") for word in state)[:keep]


def _sha224(data):
    # The second 32 bits of the fractions of the square roots of the 9th to 16th primes.
    return _sha2(data, 32, [_root(p, 2, 64) & _M32 for p in _primes(16)[8:]], 28)


def _sha384(data):
    return _sha2(data, 64, [_root(p, 2, 64) for p in _primes(16)[8:]], 48)


_KINDS = {
    "md5": (_md5, 16, 64),
    "sha1": (_sha1, 20, 64),
    "sha224": (_sha224, 28, 64),
    "sha256": (lambda data: _sha2(data, 32), 32, 64),
    "sha384": (_sha384, 48, 128),
    "sha512": (lambda data: _sha2(data, 64), 64, 128),
}


class HASH:
    __slots__ = ("name", "_data")

    def __init__(self, name, data):
        self.name = name
        self._data = b""
        self.update(data)

    def __repr__(self):
        unsupported("the address of a hash object")

    def update(self, obj, /):
        if isinstance(obj, str):
            raise TypeError("Strings must be encoded before hashing")
        if not isinstance(obj, (bytes, bytearray)):
            raise TypeError("object supporting the buffer API required")
        self._data += bytes(obj)

    def digest(self):
        return _KINDS[self.name][0](self._data)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return HASH(self.name, self._data)

    @property
    def digest_size(self):
        return _KINDS[self.name][1]

    @property
    def block_size(self):
        return _KINDS[self.name][2]


def _maker(name):
    def make(string=b"", *, usedforsecurity=True):
        return HASH(name, string)

    make.__name__ = make.__qualname__ = "openssl_" + name
    return make


md5 = _maker("md5")
sha1 = _maker("sha1")
sha224 = _maker("sha224")
sha256 = _maker("sha256")
sha384 = _maker("sha384")
sha512 = _maker("sha512")


def new(name, data=b"", **kwargs):
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    if name.lower() not in _KINDS:
        unsupported(f"hashlib: the algorithm {name!r}")
    return HASH(name.lower(), data)
