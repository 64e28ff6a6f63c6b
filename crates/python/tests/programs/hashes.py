# hashlib and hmac.
import hashlib, hmac
for f in (lambda: hashlib.sha256('a'), lambda: hashlib.sha256(5), lambda: hashlib.new(5), lambda: hashlib.sha256(string=b'a').hexdigest(), lambda: hashlib.shake_128(b'').digest(5), lambda: hashlib.shake_256(b'x').hexdigest(40), lambda: hashlib.blake2b('x'), lambda: hashlib.blake2b(b'x', digest_size=65), lambda: hashlib.blake2b(b'x',digest_size=0),lambda: hashlib.md5(None), lambda: hashlib.sha3_256([1]), lambda: hashlib.sha256().foo, lambda: hashlib.blake2s(5), lambda: hashlib.blake2b(b'x', digest_size=20).hexdigest(), lambda: hashlib.sha256(bytearray(b'q')).hexdigest(), lambda: hashlib.sha256(memoryview(b'qq')).hexdigest(), lambda: hashlib.new('SHA256', b'a').name, lambda: hashlib.new('sha3-256', b'a').name, lambda: hashlib.new('blake2b', b'a').hexdigest()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
exec(r'''
for n in ('md5','sha1','sha224','sha256','sha384','sha512','sha3_224','sha3_256','sha3_384','sha3_512','shake_128','shake_256','blake2b','blake2s'):
    h = getattr(hashlib, n)(b'abc' * 100); print(n, type(h), h.name, h.digest_size, h.block_size)
    if 'shake' not in n: print(h.hexdigest(), h.digest() == bytes.fromhex(h.hexdigest())); g = h.copy(); g.update(b'more'); print(g.hexdigest() != h.hexdigest(), g.hexdigest())
print(sorted(hashlib.algorithms_guaranteed))
h = hmac.new(b'key', b'The quick brown fox', hashlib.sha256); print(h.hexdigest(), h.name, h.digest_size, h.block_size)
print(hmac.new(b'k' * 100, b'x', 'md5').hexdigest(), hmac.digest(b'a', b'b', 'sha1').hex(), hmac.compare_digest('a', 'a'), hmac.compare_digest(b'a', b'b'))
for f in (lambda: hmac.new('k', b''), lambda: hmac.new(b'k', b''), lambda: hmac.compare_digest('a', b'a'), lambda: hmac.compare_digest('é', 'é')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
''', {'hashlib': hashlib, 'hmac': hmac})
class Block:
    def __init__(self, i, prev): self.i, self.prev, self.nonce = i, prev, 0
    def hash(self): return hashlib.sha256(f'{self.i}{self.prev}{self.nonce}'.encode()).hexdigest()
b = Block(1, '0')
exec("while not b.hash().startswith('000'): b.nonce += 1")
print(b.nonce, b.hash())
