"""How often keys are hashed and compared: each call of the program's own methods is an entry."""
from collections import Counter, defaultdict, deque
from functools import lru_cache
from itertools import groupby


class Key:
    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self.number == other.number


one, two, three = Key(1), Key(2), Key(3)
table = {one: 1, two: 2}
some = {two, three}
sizes = [len(dict(table)), len({**table}), len(set(table)), len(dict.fromkeys(table)), len(defaultdict(int, table))]
more = [len(some.union(table)), some.isdisjoint(table), some.isdisjoint([three]), len(some.intersection([two, three, one]))]
views = [table.keys() == {two: 3}.keys(), table.items() == dict(table).items(), some <= table.keys(), len(table.keys() - some)]
views += [table.keys().isdisjoint([one]), len(table.keys() | some), len(table.keys() ^ some)]
counts = Counter([one, two, Key(1)]).most_common(1)[0][1]


@lru_cache(maxsize=None)
def doubled(key):
    return 2 * key.number


values = [doubled(one), doubled(Key(1)), doubled(two)]
differ = deque([one, two]) != deque([one, three])
groups = [(key.number, len(list(group))) for key, group in groupby([one, Key(1), two])]
some.symmetric_difference_update(table)
print(sizes, more, views, counts, values, differ, groups, len(some))


class Sized:
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [7, 8][index]


print(list(iter(Sized())), list(reversed(Sized())), bytes(Sized()))


class Group(ExceptionGroup):
    def derive(self, exceptions):
        return Group(self.message, exceptions)


try:
    try:
        raise Group("both", [ValueError(1), TypeError(2)])
    except* ValueError:
        print("a value")
except Group as group:
    print(repr(group))
for attempt in (
    lambda: setattr(1, "real", 2),
    lambda: setattr(slice(1), "start", 2),
    lambda: setattr(1.5, "imag", 2),
    lambda: property(1, 2, 3, 4, 5),
    lambda: str.maketrans(1, 2),
):
    try:
        attempt()
    except (TypeError, AttributeError) as error:
        print(error)
