# Addresses are compared, kept and looked up; nothing shows one.
import copy


def same(left, right):
    return id(left) == id(right)


class Node:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(id(self))

    def __eq__(self, other):
        return id(self) == id(other)


a, b = [1], [1]
c = a
print(same(a, b), same(a, c), id(a) != id(b), isinstance(id(a), int), id(None) == id(None))
print(len({id(a), id(b), id(c)}), id(c) in (id(a),), id(a) > 0, bool(id(b)))
first, second = Node("first"), Node("second")
names = {first: 1, second: 2}
print(names[first], first in names, Node("first") in names, first == second)
print([[id(x) == id(y) for x in (a, b, c)] for y in (a, b, c)])
print({1, True}, {True, 1}, {0.0, False}, {True, 2, 1}, {1, 2, True})
print(copy.deepcopy([a, c])[0] is not a)
