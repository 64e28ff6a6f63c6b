import warnings
def old():
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)
    return 1
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    old(); old()
    warnings.warn("plain")
    warnings.warn(RuntimeWarning("inst"))
    print(len(w), [(str(x.message), x.category.__name__) for x in w], isinstance(w[0].message, DeprecationWarning), w[2].filename, w[0].line, w[0].file, w[0].source)
    assert issubclass(w[-1].category, RuntimeWarning)
    assert "deprecated" in str(w[0].message)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: warnings.warn("boom", UserWarning)
    except UserWarning as e: print('caught', e, type(e))
    try: old()
    except DeprecationWarning as e: print('dep', e)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("nothing")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("once")
    for i in range(3): warnings.warn("w%d" % (i % 2))
    print([str(x.message) for x in w])
with warnings.catch_warnings(record=True) as w:
    warnings.filterwarnings("ignore", message=".*skip.*")
    warnings.filterwarnings("error", category=FutureWarning)
    warnings.warn("please skip this"); warnings.warn("keep")
    try: warnings.warn("f", FutureWarning)
    except FutureWarning as e: print('future', e)
    warnings.warn("pending", PendingDeprecationWarning)
    warnings.warn("dep", DeprecationWarning)
    warnings.warn("res", ResourceWarning)
    print([str(x.message) for x in w])
warnings.warn("to stderr")
old()
for f in (lambda: warnings.warn("x", int), lambda: warnings.warn("x", 5), lambda: warnings.simplefilter("bad"), lambda: warnings.filterwarnings("bad")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
c = warnings.catch_warnings(record=True)
print(repr(c), repr(warnings.catch_warnings()))
with c:
    try:
        with c: pass
    except RuntimeError as e: print(e)
import functools
def deprecated(f):
    @functools.wraps(f)
    def inner(*a):
        warnings.warn(f"{f.__name__} is deprecated", category=DeprecationWarning, stacklevel=2)
        return f(*a)
    return inner
@deprecated
def add(a, b): return a + b
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always", DeprecationWarning)
    print(add(1, 2), len(caught), caught[0].category)
class MyW(UserWarning): pass
with warnings.catch_warnings(record=True) as w:
    warnings.resetwarnings()
    warnings.simplefilter("always")
    warnings.warn("mine", MyW)
    print(w[0].category, w[0].message, repr(w[0].message))
with warnings.catch_warnings(action="error"):
    try: warnings.warn('e')
    except UserWarning as e: print('act', e)
from collections import UserDict
class Lower(UserDict):
    def __setitem__(self, key, item):
        super().__setitem__(key.lower(), item)
print(Lower.fromkeys(['A', 'b'], 3), type(UserDict.fromkeys('ab')))
