# Containers around containers, and what belongs to the abstract classes.
body = r'''
from collections import UserDict, UserList, UserString, ChainMap, OrderedDict, Counter
from collections.abc import *
import copy
class Lower(UserDict):
    def __setitem__(self, key, item):
        super().__setitem__(key.lower(), item)
    def __missing__(self, key):
        return f"no {key}"
d = Lower({"A": 1}, B=2)
print(d, d["zz"], "A" in d, "a" in d, len(d), d.get("q"), d.get("a"), list(d.items()))
d.update({"C": 3}); d.update([("D", 4)]); d.update(E=5); d |= {"F": 6}
print(d, d | {"x": 1}, {"y": 2} | d, type(d | {}), d == {"a": 1}, d == dict(d), d != Lower(d))
print(d.pop("b"), d.popitem(), d.setdefault("G", 8), d.setdefault("a"))
try: UserDict().pop("zzz")
except KeyError as e: print("KeyError", e)
e = d.copy(); e["new"] = 1; f = copy.copy(d); g = copy.deepcopy(d)
print(len(d), len(e), type(e), f == d, g == d, g is d)
print(UserDict.fromkeys("ab", 1), UserDict({1: 2}).copy(), d.keys(), d.values(), d.items())
d.clear(); print(d, bool(d), isinstance(d, MutableMapping), isinstance(d, dict), UserDict.__mro__)
class Stack(UserList):
    def push(self, x): self.append(x)
s = Stack([3, 1, 2]); s.push(0)
print(s, s[1:], type(s[1:]), s + [9], [9] + s, s * 2, 2 * s, sorted(s), list(reversed(s)), s.index(2), s.count(1), 3 in s)
s.sort(); print(s); s.reverse(); print(s); s.extend([7, 8]); s += (1,); s *= 1; s.insert(0, 5); print(s, s.pop(), s.pop(0), s == [3, 2, 1, 0, 7, 8], s < [9], s >= UserList([1]))
s.remove(7); del s[0]; s[0] = 'q'; s[1:] = [1]; print(s, s.copy(), copy.copy(s), isinstance(s, MutableSequence), UserList(s), UserList("abc"), UserList(UserList([1])))
s.clear(); print(s, UserList.__mro__)
try: UserList([1]).index(5)
except ValueError as x: print(x)
try: hash(UserList())
except TypeError as x: print(x)
class Name(UserString):
    def shout(self): return self.upper() + "!"
n = Name("hello world")
print(n, repr(n), n.shout(), type(n.upper()), n + " x", "a" + n, n * 2, n[1:3], type(n[0]), len(n), n.split(), n.find("o"), n.replace("o", "0"), n == "hello world", n < "z", "lo" in n, hash(n) == hash("hello world"))
print(list(n)[:2], [type(c).__name__ for c in n][:1], n.title(), n.center(21, "*"), n.startswith("he"), n.join(["a", "b"]), int(UserString("12")), float(UserString("1.5")), UserString("%s-%d") % ("a", 2), n.count("l"), n.isalpha(), n.encode(), isinstance(n, Sequence), isinstance(n, str), UserString(123), UserString.__mro__)
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(c, c["a"], c["b"], list(c), len(c), dict(c), c.maps, c.parents, c.new_child({"z": 1}), c.new_child(q=2), "b" in c, c.get("zz", 0), c.items(), c.values(), c == {"a": 1, "b": 3}, bool(ChainMap()))
c["n"] = 5; del c["a"]; print(c, c.pop("n"), list(c.keys()))
for f in (lambda: c["nope"], lambda: c.pop("b"), lambda: c.popitem(), lambda: c.__delitem__("b")):
    try: print(f())
    except KeyError as x: print("KeyError", x)
c |= {"k": 1}; print(c | {"j": 2}, {"i": 0} | c, ChainMap.fromkeys("ab", 0), c.copy(), copy.copy(c), ChainMap.__mro__, isinstance(c, Mapping))
c.update(u=1); c.setdefault("v", 2); print(c)
c.clear(); print(c)
try: reversed(c)
except TypeError as x: print(x)
print(isinstance([].append, Callable), isinstance(Stack, Callable), isinstance(s, Callable), isinstance(lambda: 0, Callable), isinstance(print, Callable), isinstance(3, Callable))
print(sorted(x.__name__ for x in (Sized, Iterable, Container, Hashable, Callable, Reversible) if isinstance(Counter(), x)))
from collections.abc import *
import collections
class M(Mapping):
    def __getitem__(self, k): return 1
    def __iter__(self): return iter(())
    def __len__(self): return 0
print(M.__mro__)
print(isinstance(collections.UserDict(), MutableMapping), isinstance(collections.ChainMap(), Mapping), isinstance(collections.UserList(), Sequence), isinstance(collections.UserString('a'), Sequence), isinstance(collections.deque(), MutableSequence), isinstance(collections.OrderedDict(), Mapping), isinstance(collections.Counter(), MutableMapping))
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
for c in (Iterable, Iterator, Sized, Container, Hashable, Callable, Collection, Reversible, Generator, Awaitable, Sequence):
    print(c, isinstance(It(), c), isinstance([], c), isinstance((), c), isinstance({}, c), isinstance('', c), isinstance((x for x in ()), c), isinstance(len, c), isinstance(3, c), isinstance({1}, c), isinstance(range(3), c), isinstance(map(len, ()), c), issubclass(M, c))
class NoHash:
    __hash__ = None
print(isinstance(NoHash(), Hashable))
class D(Iterable):
    def __iter__(self): return iter([1])
print(isinstance(It(), D), list(D()), D.__mro__, D.__abstractmethods__)
try: Sequence()
except TypeError as e: print(e)
class S(Sequence):
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i
    def __len__(self): return 4
print(list(S()), 3 in S(), S().index(2), S().count(1), list(reversed(S())))
print(Mapping.__subclasshook__, Sized.__subclasshook__(list)) if False else print(Sized.__subclasshook__(list), Sized.__subclasshook__(int))
'''
exec(body)
