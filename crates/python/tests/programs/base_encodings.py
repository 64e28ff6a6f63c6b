import base64, binascii
samples = [b'', b'a', b'ab', b'abc', b'abcd', b'hello world', bytes(range(50)), b'\0\0\0\0', b'\0\0\0', b'    ', b'    x', bytes(4) + b'z', bytes(range(256)), b'\xff' * 7]
for s in samples:
    for name in ('b32', 'b32hex', 'b85', 'a85', 'b16', 'b64'):
        e = getattr(base64, name + 'encode')(s)
        print(name, e, getattr(base64, name + 'decode')(e) == s)
    print(base64.encodebytes(s), base64.decodebytes(base64.encodebytes(s)) == s, base64.a85encode(s, adobe=True, foldspaces=True), base64.b85encode(s, pad=True), base64.a85encode(s, pad=True), base64.a85decode(base64.a85encode(s, adobe=True, foldspaces=True), adobe=True, foldspaces=True) == s)
for f in (lambda: base64.b32decode('abc'), lambda: base64.b32decode('ABCDEFG1'), lambda: base64.b32decode('mzxw6==='), lambda: base64.b32decode('mzxw6===', casefold=True), lambda: base64.b32decode('MZ======'), lambda: base64.b32decode('M======='), lambda: base64.b85decode(b'\x00'), lambda: base64.b85decode('~~~~~'), lambda: base64.a85decode('z~'), lambda: base64.a85decode('az'), lambda: base64.a85decode('uuuuu'), lambda: base64.a85decode('abc', adobe=True), lambda: base64.b32encode('x'), lambda: base64.b85encode('x'), lambda: base64.b32decode(5), lambda: base64.encodebytes('x'), lambda: base64.b32hexdecode('ZZZZZZZZ'), lambda: base64.a85decode(' a b c d e f '), lambda: base64.b85decode('é')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
