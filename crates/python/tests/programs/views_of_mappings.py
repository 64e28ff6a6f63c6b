"""Views of mappings that are written in Python, and messages of the standard streams."""
import sys
from collections import ChainMap, UserDict

chain = ChainMap({"a": 1}, {"b": 2, "a": 3})
user = UserDict(x=1)
print(chain.keys(), sorted(chain.items()), list(chain.values()), len(chain.items()), "a" in chain.keys())
print(user.keys(), user.values(), user.items(), dict(user), [key for key in user])
chain.update(c=4)
view = chain.items()
merged = {**chain, **user}
print(view, merged, chain.keys() & {"a", "z"}, chain == {"a": 1, "b": 2, "c": 4})
for key, value in chain.items():
    print(key, value)
try:
    print >> sys.stderr, "old"
except TypeError as error:
    print(error)
try:
    str(b"a", "utf-8", "strict", 1)
except TypeError as error:
    print(error)
