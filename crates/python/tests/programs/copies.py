import collections
import copy
import enum


class Kind(enum.Enum):
    ONE = 1


Point = collections.namedtuple("Point", "x y")


class Basket(list):
    pass


class Stateful:
    def __init__(self):
        self.kept, self.dropped = [1], 2

    def __getstate__(self):
        print("state asked")
        return {"kept": self.kept}

    def __setstate__(self, state):
        print("state set", state)
        self.__dict__.update(state)


basket = Basket([1, [2]])
basket.label = ["fruit"]
originals = [
    collections.defaultdict(list, {"a": [1]}),
    collections.OrderedDict(a=[1]),
    collections.Counter("aab"),
    collections.deque([1, [2]], maxlen=3),
    collections.ChainMap({"a": [1]}),
    Point(1, [2]),
    Kind.ONE,
    bytearray(b"ab"),
    basket,
]
for original in originals:
    shallow, deep = copy.copy(original), copy.deepcopy(original)
    print(type(original).__name__, shallow, deep, shallow is original, deep is original, deep == original)
missing = copy.deepcopy(originals[0])
missing["new"].append(1)
print(missing, copy.deepcopy(basket).label is basket.label, copy.copy(basket).label is basket.label)
print(vars(copy.copy(Stateful())), vars(copy.deepcopy(Stateful())))
