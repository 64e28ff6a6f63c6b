# UUIDs: their parts, their order, and those that follow from names.
import uuid
from uuid import UUID
def t(f, *a, **k):
    try: r = f(*a, **k); print(repr(r))
    except Exception as e: print(type(e).__name__, e)
a = UUID('12345678-1234-5678-1234-567812345678')
print(a, repr(a), a.hex, a.int, a.bytes, a.bytes_le, a.fields, a.urn, a.variant, a.version, a.time, a.clock_seq, a.node, a.is_safe)
print(a.time_low, a.time_mid, a.time_hi_version, a.clock_seq_hi_variant, a.clock_seq_low, hash(a), int(a), a == UUID(int=a.int), a != 5, a == 'x')
for s in ('{12345678-1234-5678-1234-567812345678}','urn:uuid:12345678-1234-5678-1234-567812345678','12345678123456781234567812345678','1234','zz345678-1234-5678-1234-567812345678','',5): t(UUID, s)
t(UUID); t(UUID, 'a', int=5); t(UUID, int=-1); t(UUID, int=1<<128); t(UUID, bytes=b'a'); t(UUID, bytes=b'a'*16); t(UUID, bytes_le=b'abcdefghijklmnop'); t(UUID, bytes_le=b'a')
t(UUID, fields=(1,2,3,4,5,6)); t(UUID, fields=(1,2)); 
for i in range(6):
    f=[1]*6; f[i]=1<<48; t(UUID, fields=f)
t(UUID, int=5, version=4); t(UUID, int=5, version=9); t(UUID, int=5, version=0)
for v in range(1,6): print(UUID(int=(1<<128)-1, version=v).version, UUID(int=(1<<128)-1, version=v).variant)
for v in range(0, 16): print(UUID(int=v<<60).variant, UUID(int=v<<60).version)
for n in ('NAMESPACE_DNS','NAMESPACE_URL','NAMESPACE_OID','NAMESPACE_X500'): print(n, getattr(uuid,n), uuid.uuid3(getattr(uuid,n),'python.org'), uuid.uuid5(getattr(uuid,n),'é'))
l = [uuid.uuid5(uuid.NAMESPACE_DNS, str(i)) for i in range(5)]
print(sorted(l), min(l), max(l), len(set(l)), {l[0]: 1})
t(lambda: a < 5); t(lambda: a < UUID(int=0)); t(lambda: a >= UUID(int=0))
def s(): a.int = 5
t(s)
def s2(): a.foo = 5
t(s2)
print(f'{a!s:>40}', f'{a}', uuid.RFC_4122)
t(uuid.uuid5, 'x', 'y'); t(uuid.uuid3, uuid.NAMESPACE_DNS, 5); t(uuid.uuid5, uuid.NAMESPACE_DNS, b'x')
print(uuid.SafeUUID.unknown, uuid.UUID.__mro__)
