# The order in which star imports bring names.
from bisect import *
from csv import *
from heapq import *
print([name for name in globals() if not name.startswith("__") or name == "__version__"])
