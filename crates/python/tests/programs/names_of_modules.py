import collections
import datetime
import hashlib
import io
import json
import math
import random
import re
import string
import threading
from abc import ABC, abstractmethod
from typing import Literal


def what_modules_define():
    print([name for name in dir(math) if name.startswith("s")], len(dir(string)), dir(string)[:3])
    print([name for name in dir(random) if name.islower() and not name.startswith("_")])
    print(dir(datetime), [name for name in dir(datetime.date) if not name.startswith("_")])
    safe = {name: value for name, value in math.__dict__.items() if not name.startswith("__")}
    print(list(safe)[:4], len(vars(math)), eval("sqrt(16) + floor(e)", {"__builtins__": {}}, safe))
    print(hasattr(math, "nothing"), hasattr(random, "nothing"))


def what_classes_define():
    print(dir(collections.Counter("aab"))[-14:], "rotate" in dir(collections.deque))

    class Shape(ABC):
        @abstractmethod
        def area(self): ...

    class Square(Shape):
        def area(self):
            return 1

    print([name for name in dir(Shape) if "abs" in name or name == "area"], len(dir(Square())))

    class Worker(threading.Thread):
        def run(self):
            pass

    print([name for name in dir(Worker) if not name.startswith("_")])


def pieces_of_json():
    class Pieces(json.JSONEncoder):
        def default(self, o):
            return sorted(o) if isinstance(o, set) else super().default(o)

    print(list(Pieces().iterencode([{2, 1}, [], {"a": [None, {}], "b": 1.5}])))
    print(list(Pieces(indent=2, sort_keys=True).iterencode({"b": [1, [2]], "a": {}})))
    target = io.StringIO()
    try:
        json.dump({"a": [1, 2], "b": object}, target)
    except TypeError as error:
        print(error, repr(target.getvalue()))


def texts():
    print(re.match(r".*", "a match is shown by its first fifty characters, quotes among them"))
    print((hashlib.sha256, [hashlib.md5]), type(hashlib.sha1))
    print(Literal[1, 2] == Literal[2, 1], Literal[0] == Literal[False])
    try:
        print(Literal[{0}] == Literal[{1}])
    except TypeError as error:
        print(error)


what_modules_define()
what_classes_define()
pieces_of_json()
texts()
