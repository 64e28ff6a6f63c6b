from pprint import pprint, pformat, pp, PrettyPrinter, saferepr, isreadable, isrecursive
import collections, types
from dataclasses import dataclass, field
stuff = ['spam', 'eggs', 'lumberjack', 'knights', 'ni']
stuff.insert(0, stuff[:])
pprint(stuff)
pp = PrettyPrinter(indent=4)
pp.pprint(stuff)
pprint(stuff, compact=True, width=41)
tup = ('spam', ('eggs', ('lumberjack', ('knights', ('ni', ('dead', ('parrot', ('fresh fruit',))))))))
PrettyPrinter(depth=6).pprint(tup)
pprint(tup, width=20)
d = {"name": "x" * 40, "list": list(range(40)), "nested": {"b": [1, 2, {"c": "hello world " * 12}], "a": (1,)}, 5: 2}
pprint({k: v for k, v in d.items() if k != 5})
pprint(d, sort_dicts=False, width=50)
pprint({"a": 1, 2: "b"})
pprint({1, 3, 2}); pprint(set(range(40))); pprint(frozenset("abcdefghijklmnopqrst")); pprint(set())
pprint("lorem ipsum dolor sit amet " * 8)
pprint(["lorem ipsum dolor sit amet " * 8, "a\nb\nc" * 20])
pprint(b"abc" * 60); pprint([b"abc" * 60]); pprint(bytearray(b"abc" * 40)); pprint((b"\x00\x01" * 40,))
pprint(collections.OrderedDict((f"key{i}", "v" * i) for i in range(12)))
dd = collections.defaultdict(list)
for i in range(30): dd[i % 7].append(i * 100)
pprint(dd); pprint(collections.defaultdict(int))
pprint(collections.Counter("the quick brown fox jumps over the lazy dog again and again"))
pprint(collections.deque(range(50))); pprint(collections.deque(range(50), maxlen=60))
pprint(collections.ChainMap({"a" * 30: 1, "b" * 30: 2}, {"c" * 40: 3}))
pprint(collections.UserDict({"a" * 30: 1, "b" * 30: 2})); pprint(collections.UserList(["z" * 30] * 4)); pprint(collections.UserString("hello there " * 10))
pprint(types.MappingProxyType({"a" * 30: 1, "b" * 60: 2})); pprint(types.SimpleNamespace(alpha="a" * 30, beta=["b" * 30] * 3))
@dataclass
class Point:
    x: int
    y: list = field(default_factory=list)
    hidden: int = field(default=3, repr=False)
@dataclass
class Sub(Point):
    z: str = ""
class Own(list):
    pass
class Shown:
    def __init__(self, n): self.n = n
    def __repr__(self):
        return f"Shown({self.n})"
pprint(Point(1, list(range(40)))); pprint([Sub(1, [2], z="s" * 80)]); pprint(Own(range(40))); pprint([Shown(i) for i in range(12)])
print(pformat([1, [2, [3, [4]]]], depth=2), pformat(1234567, underscore_numbers=True), saferepr({"b": 1, "a": [2]}), isreadable([1]), isreadable([Shown]), isrecursive([1]))
pprint([[1] * 20, [2] * 30], compact=True); pprint({"x": {"y": {"z": 1}}}, depth=1)
pprint([]); pprint({}); pprint(()); pprint([[]] * 40, width=30)
for bad in (dict(indent=-1), dict(width=0), dict(depth=0)):
    try: pprint(1, **bad)
    except ValueError as e: print(e)
N = collections.namedtuple("N", "alpha beta")
pprint([N(1, 2)] * 8); pprint([None, True, 1.5, 2j])
import io
s = io.StringIO(); pprint({"k" * 20: list(range(20)), "j": "w" * 60}, stream=s); print(s.getvalue(), end="")
class Out:
    def write(self, text):
        print(repr(text))
pprint({"k" * 20: list(range(20)), "j": "w" * 60}, stream=Out(), width=60)
class Fmt(PrettyPrinter):
    def format(self, object, context, maxlevels, level):
        if isinstance(object, float):
            return f"{object:.2f}", True, False
        return super().format(object, context, maxlevels, level)
Fmt().pprint(1.23456)
json_data = {"users": [{"id": i, "name": f"User {i}", "tags": ["a", "b"], "address": {"street": "Main", "zip": "0000" + str(i)}} for i in range(3)]}
pprint(json_data); pprint(json_data, width=40, indent=2)
