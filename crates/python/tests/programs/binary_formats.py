# Numbers, hexadecimal and base64 as bytes: what is packed comes back, what does not fit is named.
body = r'''
import base64, binascii, struct, zlib


def show(function, *arguments, **options):
    try:
        print(function(*arguments, **options))
    except Exception as error:
        print(type(error).__name__, error)


for order in "@=<>!":
    for code in "bBhHiIlLqQefd?c":
        for value in (0, -1, 200, 40000, -(1 << 31) - 1, 1 << 32, 1 << 63, 1 << 70, 1.5, 70000.0, 1e300, "a", b"z", None):
            try:
                packed = struct.pack(order + code, value)
                print(order + code, packed.hex(), struct.unpack(order + code, packed))
            except (struct.error, OverflowError) as error:
                print(order + code, type(error).__name__, error)

show(struct.pack, "<3s2p4p?x", b"abcdef", b"xyz", b"xyz", [1])
show(struct.unpack, ">H3xb", b"\x01\x02abc\xff")
show(struct.calcsize, "ci")
show(struct.calcsize, "5")
show(struct.calcsize, "i\0")
show(struct.unpack, "i", b"123")
show(struct.unpack_from, "<h", b"123456", 5)
show(struct.unpack_from, "<h", b"123456", offset=-2)
show(struct.unpack_from, "<h", b"123456", -9)
show(lambda: list(struct.iter_unpack("<hb", b"123456789")))
show(struct.iter_unpack, "<hb", b"1234")
room = bytearray(8)
show(struct.pack_into, ">I", room, 2, 0xDEADBEEF)
show(struct.pack_into, ">I", memoryview(room), -4, 7)
show(struct.pack_into, ">I", room, 6, 7)
show(struct.pack_into, ">I", bytes(8), 0, 7)
print(room, struct.Struct("<ih").size, struct.Struct(b">q").format, struct.Struct("<e").unpack(b"\x01\x3c"))

for text in ("YWJj", "YWI=", "YWI", "Y", "YW=", "Y Q=\n=", "=YQ=", "YQ==YQ==", "Y-_Q", "é"):
    show(base64.b64decode, text)
    show(base64.b64decode, text, validate=True)
    show(base64.urlsafe_b64decode, text)
for data in (b"", b"a", b"ab", b"abc", bytes(range(250, 256))):
    print(base64.b64encode(data), base64.urlsafe_b64encode(data), binascii.b2a_base64(data), base64.b16encode(data))
    print(binascii.crc32(data), zlib.crc32(data, 5), zlib.adler32(data), binascii.crc_hqx(data, 1))
show(binascii.hexlify, b"abcdef", ":", -4)
show(binascii.unhexlify, "0")
show(binascii.unhexlify, "0g")
show(base64.b64encode, "text")
show(base64.b16decode, "0a", True)
show(base64.b16decode, "0a")
'''
exec(body)
