"""`struct`: values as bytes."""

from _tracer import bits_float as _bits_float, float_bits as _float_bits, unsupported as _unsupported


class error(Exception):
    pass


error.__module__ = "struct"

_INTEGERS = {"b": 1, "B": 1, "h": 2, "H": 2, "i": 4, "I": 4, "l": 4, "L": 4, "q": 8, "Q": 8}
_OTHERS = {"x": 1, "c": 1, "?": 1, "s": 1, "p": 1, "f": 4, "d": 8}
_NATIVE = {"l": 8, "L": 8, "n": 8, "N": 8, "P": 8}
# How an integer that does not fit is told, by its bounds.
_PLAIN = "'{code}' format requires {low} <= number <= {high}"
_TOLD = {"b": "byte format requires -128 <= number <= 127", "B": "ubyte format requires 0 <= number <= 255"}


def _parse(format):
    """Byte order, and each item as code, count, size and padding before it."""
    if isinstance(format, (bytes, bytearray)):
        format = format.decode("latin-1")
    elif not isinstance(format, str):
        hash(format)
        raise TypeError(f"Struct() argument 1 must be a str or bytes object, not {type(format).__name__}")
    native, order = True, "little"
    if format[:1] in ("@", "=", "<", ">", "!") and format:
        native = format[0] == "@"
        order = "big" if format[0] in ">!" else "little"
        format = format[1:]
    items, at, position = [], 0, 0
    while position < len(format):
        code = format[position]
        if code.isspace():
            position += 1
            continue
        start = position
        while position < len(format) and format[position].isdigit():
            position += 1
        if position == len(format):
            raise error("repeat count given without format specifier")
        code = format[position]
        count = int(format[start:position]) if position > start else None
        position += 1
        if code == "e":
            _unsupported("struct: half floats")
        if code == "p" and count == 0:
            _unsupported("struct: Pascal strings without room")
        if native and code in _NATIVE:
            size = _NATIVE[code]
        elif code in _INTEGERS:
            size = _INTEGERS[code]
        elif code in _OTHERS:
            size = _OTHERS[code]
        else:
            raise error("bad char in struct format")
        padding = -at % size if native else 0
        number = 1 if count is None else count
        items.append((code, number, size, padding))
        at += padding + number * size
    return native, order, items, at


def _values(items):
    return sum((0 if code == "x" else 1 if code in "sp" else count) for code, count, _, _ in items)


def _integer(code, size, native, order, value):
    if not isinstance(value, int):
        if not hasattr(value, "__index__"):
            raise error("required argument is not an integer")
        value = value.__index__()
    bits = 8 * size
    signed = code in "bhilqn"
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= value <= high:
        if code in _TOLD:
            raise error(_TOLD[code])
        if native or order == "big" or code not in "iIlL":
            _unsupported("struct: the message for an integer that does not fit")
        raise error(_PLAIN.format(code=code, low=low, high=high))
    return value & (1 << bits) - 1


def _packed(format, arguments, name):
    native, order, items, length = _parse(format)
    wanted = _values(items)
    if len(arguments) != wanted:
        raise error(f"{name} expected {wanted} items for packing (got {len(arguments)})")
    given = iter(arguments)
    out = bytearray()
    for code, count, size, padding in items:
        out += bytes(padding)
        if code == "x":
            out += bytes(count)
        elif code in "sp":
            value = next(given)
            if not isinstance(value, (bytes, bytearray)):
                raise error(f"argument for '{code}' must be a bytes object")
            if code == "p":
                value = bytes(value[:min(max(count - 1, 0), 255)])
                out += (bytes([len(value)]) + value).ljust(count, b"\0")[:count]
            else:
                out += bytes(value[:count]).ljust(count, b"\0")
        else:
            for _ in range(count):
                value = next(given)
                if code == "c":
                    if not (isinstance(value, (bytes, bytearray)) and len(value) == 1):
                        raise error("char format requires a bytes object of length 1")
                    out += value
                elif code == "?":
                    out.append(1 if value else 0)
                elif code in "fd":
                    if not isinstance(value, float):
                        if not hasattr(value, "__float__") and not hasattr(value, "__index__"):
                            raise error("required argument is not a float")
                        value = float(value)
                    bits = _float_bits(value, size)
                    if bits is None:
                        raise OverflowError("float too large to pack with f format")
                    out += bits.to_bytes(size, order)
                else:
                    out += _integer(code, size, native, order, value).to_bytes(size, order)
    return bytes(out)


def _unpacked(format, data):
    native, order, items, length = _parse(format)
    at, found = 0, []
    for code, count, size, padding in items:
        at += padding
        if code == "x":
            at += count
        elif code == "s":
            found.append(bytes(data[at:at + count]))
            at += count
        elif code == "p":
            kept = min(data[at], max(count - 1, 0)) if count else 0
            found.append(bytes(data[at + 1:at + 1 + kept]))
            at += count
        else:
            for _ in range(count):
                piece = bytes(data[at:at + size])
                at += size
                if code == "c":
                    found.append(piece)
                elif code == "?":
                    found.append(piece != b"\0")
                elif code in "fd":
                    found.append(_bits_float(int.from_bytes(piece, order), size))
                else:
                    found.append(int.from_bytes(piece, order, signed=code in "bhilqn"))
    return tuple(found)


def _buffer(data):
    if not isinstance(data, (bytes, bytearray)):
        if isinstance(data, (str, int, float, list, tuple)):
            raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
        _unsupported("struct: this buffer")
    return data


def calcsize(format, /):
    return _parse(format)[3]


def pack(*arguments):
    if not arguments:
        raise TypeError("missing format argument")
    format, *v = arguments
    return _packed(format, v, "pack")


def unpack(format, buffer, /):
    length = _parse(format)[3]
    if len(_buffer(buffer)) != length:
        raise error(f"unpack requires a buffer of {length} bytes")
    return _unpacked(format, buffer)


def unpack_from(format, /, buffer, offset=0):
    length = _parse(format)[3]
    if offset < 0:
        _unsupported("struct: negative offsets")
    if len(_buffer(buffer)) - offset < length:
        raise error(f"unpack_from requires a buffer of at least {length + offset} bytes for unpacking {length} bytes at "
                    f"offset {offset} (actual buffer size is {len(buffer)})")
    return _unpacked(format, buffer[offset:offset + length])


def iter_unpack(format, buffer, /):
    length = _parse(format)[3]
    if length == 0:
        raise error("cannot iteratively unpack with a struct of length 0")
    if len(_buffer(buffer)) % length:
        raise error(f"iterative unpacking requires a buffer of a multiple of {length} bytes")
    return iter([_unpacked(format, buffer[at:at + length]) for at in range(0, len(buffer), length)])


def pack_into(format, buffer, offset, /, *v):
    _unsupported("struct.pack_into")


class Struct:
    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *v):
        return _packed(self.format, v, "pack")

    def unpack(self, buffer, /):
        return unpack(self.format, buffer)

    def unpack_from(self, /, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer, /):
        return iter_unpack(self.format, buffer)


Struct.__module__ = "_struct"
