"""`hashlib`: objects that gather bytes and digest them when asked."""

from _hashlib import digest as _digest
from _tracer import title as _title, unsupported as _unsupported

# Sizes of digests and blocks, in bytes.
_SIZES = {
    "md5": (16, 64), "sha1": (20, 64), "sha224": (28, 64), "sha256": (32, 64), "sha384": (48, 128), "sha512": (64, 128),
    "sha3_224": (28, 144), "sha3_256": (32, 136), "sha3_384": (48, 104), "sha3_512": (64, 72), "shake_128": (0, 168),
    "shake_256": (0, 136), "blake2b": (64, 128), "blake2s": (32, 64),
}

algorithms_guaranteed = set(_SIZES)


class HASH:
    __slots__ = ("name", "_data")

    def __repr__(self):
        _unsupported("the address of a hash object")

    def update(self, obj, /):
        if isinstance(obj, str):
            raise TypeError("Strings must be encoded before hashing")
        try:
            self._data += memoryview(obj)
        except TypeError:
            raise TypeError("object supporting the buffer API required") from None

    def digest(self):
        return _digest(self.name, self._data, self.digest_size)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        made = object.__new__(type(self))
        made.name, made._data = self.name, self._data[:]
        return made

    @property
    def digest_size(self):
        return _SIZES[self.name][0]

    @property
    def block_size(self):
        return _SIZES[self.name][1]


class HASHXOF(HASH):
    """Digests of any length."""

    __slots__ = ()

    def digest(self, length):
        if length < 0 or length >= 1 << 29:
            _unsupported("a digest of this length")
        return _digest(self.name, self._data, length)

    def hexdigest(self, length):
        return self.digest(length).hex()


class _Blake2(HASH):
    __slots__ = ("digest_size",)

    def __new__(cls, data=b"", /, *, digest_size=None, **parameters):
        if any(value for name, value in parameters.items() if name != "usedforsecurity"):
            _unsupported("keys and trees of BLAKE2")
        most = cls.MAX_DIGEST_SIZE
        if digest_size is None:
            digest_size = most
        if not 1 <= digest_size <= most:
            raise ValueError(f"digest_size must be between 1 and {most} bytes")
        made = object.__new__(cls)
        made.name, made._data, made.digest_size = cls.__name__, bytearray(), digest_size
        made.update(data)
        return made

    def copy(self):
        made = super().copy()
        made.digest_size = self.digest_size
        return made


class blake2b(_Blake2):
    __slots__ = ()
    MAX_DIGEST_SIZE, MAX_KEY_SIZE, PERSON_SIZE, SALT_SIZE = 64, 64, 16, 16


class blake2s(_Blake2):
    __slots__ = ()
    MAX_DIGEST_SIZE, MAX_KEY_SIZE, PERSON_SIZE, SALT_SIZE = 32, 32, 8, 8


HASH.__module__ = HASHXOF.__module__ = "_hashlib"
blake2b.__module__ = blake2s.__module__ = "_blake2"
_title(HASH, "_hashlib.HASH")
_title(HASHXOF, "_hashlib.HASHXOF")
_title(blake2b, "_blake2.blake2b")
_title(blake2s, "_blake2.blake2s")


def _make(name, data):
    made = object.__new__(HASHXOF if name.startswith("shake") else HASH)
    made.name, made._data = name, bytearray()
    made.update(data)
    return made


def openssl_md5(string=b"", *, usedforsecurity=True):
    return _make("md5", string)


def openssl_sha1(string=b"", *, usedforsecurity=True):
    return _make("sha1", string)


def openssl_sha224(string=b"", *, usedforsecurity=True):
    return _make("sha224", string)


def openssl_sha256(string=b"", *, usedforsecurity=True):
    return _make("sha256", string)


def openssl_sha384(string=b"", *, usedforsecurity=True):
    return _make("sha384", string)


def openssl_sha512(string=b"", *, usedforsecurity=True):
    return _make("sha512", string)


def openssl_sha3_224(string=b"", *, usedforsecurity=True):
    return _make("sha3_224", string)


def openssl_sha3_256(string=b"", *, usedforsecurity=True):
    return _make("sha3_256", string)


def openssl_sha3_384(string=b"", *, usedforsecurity=True):
    return _make("sha3_384", string)


def openssl_sha3_512(string=b"", *, usedforsecurity=True):
    return _make("sha3_512", string)


def openssl_shake_128(string=b"", *, usedforsecurity=True):
    return _make("shake_128", string)


def openssl_shake_256(string=b"", *, usedforsecurity=True):
    return _make("shake_256", string)


md5 = openssl_md5
sha1 = openssl_sha1
sha224 = openssl_sha224
sha256 = openssl_sha256
sha384 = openssl_sha384
sha512 = openssl_sha512
sha3_224 = openssl_sha3_224
sha3_256 = openssl_sha3_256
sha3_384 = openssl_sha3_384
sha3_512 = openssl_sha3_512
shake_128 = openssl_shake_128
shake_256 = openssl_shake_256


def new(name, data=b"", **kwargs):
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    name = name.lower().replace("-", "_") if name.lower().startswith("sha3") else name.lower().replace("-", "")
    if name in ("blake2b", "blake2s"):
        return (blake2b if name == "blake2b" else blake2s)(data, **kwargs)
    if name not in _SIZES:
        _unsupported(f"hashlib: the algorithm {name!r}")
    return _make(name, data)
