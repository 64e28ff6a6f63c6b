def shown(function, *arguments):
    try:
        return repr(function(*arguments))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


texts = ["plain", "naïve", "aéb€c😀", ""]
blobs = [b"plain", b"\xff", b"a\xe9b", b"\xe2\x82", b"\xe2(\xa1", b"\xf0\x9f\x98\x80", b"\xc0\x80", b"\xed\xa0\x80"]
handlers = ["strict", "ignore", "replace", "backslashreplace", "missing"]
for codec in ["ascii", "latin-1", "UTF8", "utf-16", "utf-32-be", "utf-8-sig", "nope"]:
    for text in texts:
        print(codec, ascii(text), [shown(text.encode, codec, errors) for errors in handlers])
for codec in ["ascii", "latin-1", "utf-8"]:
    for blob in blobs:
        print(codec, blob, [shown(blob.decode, codec, errors) for errors in handlers])
try:
    "naïve".encode("ascii")
except UnicodeEncodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason, error.args)
print(shown(UnicodeDecodeError, "utf-8", b"a\xff", 1, 2, "odd"), shown(UnicodeDecodeError, "utf-8"))

for blob in [b"ab\ncd\r\nef\r", b"Ab Cd\t-", b""]:
    print([shown(method) for method in (blob.splitlines, blob.expandtabs, blob.istitle, blob.hex)])
    print(blob.zfill(12), blob.replace(b"", b"-"), blob.hex(":"), blob.hex("_", -2), blob.splitlines(True))
table = bytes.maketrans(b"el", b"ip")
print(b"hello".translate(table), b"hello".translate(None, b"l"), bytes.fromhex("00 ff 1A"), shown(bytes.fromhex, "0g"))
print(b"%d|%5.1f|%x|%c|%s|%a|%%" % (3, 2.25, 255, 65, b"x", "é"), b"%(k)s" % {b"k": b"v"})
for wrong in [(b"%s", "x"), (b"%c", 300), (b"%d", "x"), (b"%d", (1, 2)), (b"%y", 1)]:
    print(shown(lambda: wrong[0] % wrong[1]))
for arguments in [("x",), (3, "utf8"), (-1,), ([300],), (None,), (2.5,), ("é", "ascii", "ignore"), (b"a", "b", "c", "d")]:
    print(arguments, shown(bytes, *arguments), shown(bytearray, *arguments))
