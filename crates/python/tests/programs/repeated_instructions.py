# Instructions that meet other operands than the last time round.
class Length:
    def __init__(self, metres):
        self.metres = metres

    def __add__(self, other):
        if other.metres < 0:
            return NotImplemented
        if other.metres == 99:
            raise ValueError("too long")
        return Length(self.metres + other.metres)

    def __radd__(self, other):
        return "reflected"

    def __iadd__(self, other):
        self.metres += other.metres
        return self

    def __mul__(self, other):
        yield self.metres
        yield other.metres

    def __sub__(self, other):
        return self - other

    def name(self):
        return "of the class"


def add_in_a_row(lengths):
    total = Length(0)
    for length in lengths:
        try:
            total = total + length
        except (TypeError, ValueError) as error:
            print(error)
    return total.metres


print(add_in_a_row([Length(1), Length(-1), Length(99), Length(2)]))
one = Length(1)
print(0 + one, list(one * Length(3)))
one += one
print(one.metres)
try:
    one - one
except RecursionError as error:
    print(error)

for turn in range(4):
    if turn == 1:
        one.name = lambda: "its own"
    if turn == 2:
        del one.name
    if turn == 3:
        Length.name = lambda self: "new"
    print(one.name(), [shown.name() for shown in (one, Length(2))])


def look_up(containers):
    found = []
    for container in containers:
        key = 1
        try:
            found.append(container[key])
        except (IndexError, KeyError, TypeError) as error:
            found.append(type(error).__name__)
    return found


print(look_up([[1, 2], (3, 4), "ab", "aä", {1: "one"}, [], "", {}, None, b"ab", [5, 6]]))


def attributes(objects):
    seen = []
    for thing in objects:
        try:
            seen.append(thing.metres)
        except AttributeError as error:
            seen.append(str(error))
    return seen


print(attributes([one, Length(5), 3, Length, Length("x")]))


def same_texts(pairs):
    return [left for left, right in pairs if left == right] + [left for left, right in pairs if left != right]


print(same_texts([("a", "a"), ("ab", "a" + "b"), ("a", 1), ("a", None), ("a", "b"), (1, 1.0)]))
print([character for character in "aäb€c"])
try:
    [].append()
except TypeError as error:
    print(error)
print([].append([]), [remainder % 7 for remainder in (2**31, 2**32, 2**40, -5, 5)], [-7 // 2, 2**33 // 3, 7 // -2])

print(sorted([(2, "b"), (1, "a"), (1,), (2, "a"), ()]), sorted([[2.0, "b"], [0.0], [-0.0], [1.5, "a"]], reverse=True))
print(sorted([(1, "x", 3), (1, "x", 2), (0, "y", 5)], key=lambda row: (row[1], row[0])))
for mixed in ([(1, 2), (1, "a")], [(1,), [1]], [(1, None), (1, None)], [(float("nan"), 1), (2.0, 0)]):
    try:
        print(sorted(mixed))
    except TypeError as error:
        print(error)
