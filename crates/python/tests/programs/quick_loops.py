# Loops that the machine runs in fewer steps than they have instructions.


def divisors(number, numbers):
    return [d for d in numbers if number % d == 0]


def counted(number, numbers):
    count = 0
    for d in numbers:
        if number % d == 0:
            count += 1
    return count, d


print(divisors(360, range(1, 361)), divisors(-12, range(1, 13)), divisors(2**70, range(2, 9)))
print(divisors(12, range(-4, 0)), divisors(7.5, range(1, 4)), divisors(12, [5, 1, 2.0, True, 5, 7, 12]))
print(counted(17, range(2, 17)), counted(12, [12, 5, 7]), counted(True, range(1, 3)))
print([x for x in range(20) if x % 7 == 3], [x for x in range(9, -9, -4) if x % -5 == -3])
print([x for x in range(2**63 - 4, 2**63 - 1) if x % 2 == 1], [x for x in range(10) if x & x == 8])
print([x for x in range(5000) if x * x == 4999 * 4999], [x for x in range(5000) if x + 1 == 0])
print([x for x in [1, "%s", 2] if x % 1 == "1"] if False else sum(1 for x in range(3000) if x % 2 != 0))
for number, numbers in [(5, range(2, -1, -1)), (5, [3, 4, 0, 1]), ("%d!", [1, 2]), (5, [4, None])]:
    try:
        print(divisors(number, numbers))
    except (ZeroDivisionError, TypeError) as error:
        print(type(error).__name__, error)


class Odd:
    def __rmod__(self, other):
        return 0 if other == 5 else 1


print(len(divisors(5, [2, Odd(), 3, 5])), len(divisors(6, [4, Odd(), 3])))


def outer(limit, table):
    def inner(i):
        if i < limit:
            return table[i] + limit - i
        return limit * table[-1]

    if limit > 2:
        limit -= 1
    return [inner(i) for i in range(4)]


print(outer(3, [5, 6, 7]), outer(2.5, (1, 2, 3)))


def late():
    try:
        print([x for x in range(3) if unset % x == 0])
    except NameError as error:
        print(error)
    unset = 1
    return unset


late()


def noisy(values):
    try:
        for value in values:
            yield value
    finally:
        print("closed")


stream = (x * x for x in range(10))
print(any(x > 10 for x in stream), any(x == 36 for x in stream), next(stream), list(stream), sum(stream), next(stream, None))
stream = noisy([0, "", 3, 4])
print(any(stream), next(stream), next(stream, "end"))
print(all(x < 5 for x in range(10)), sum(x / 2 for x in range(5)), sum((x for x in [[1], [2]]), []))
print(max(x % 7 for x in range(20)), min((str(x) for x in range(5)), default=""), max((x for x in ()), default=-1))
stream = (x for x in [1, "a", 2])
try:
    print(sum(stream))
except TypeError as error:
    print(error, list(stream))
stream = (10 // x for x in [5, 0, 2])
try:
    print(list(stream))
except ZeroDivisionError as error:
    print(error, list(stream))


def itself():
    yield 1
    yield sum(running)


running = itself()
try:
    print(list(running))
except ValueError as error:
    print(error)


class Truth:
    def __init__(self, stream):
        self.stream = stream

    def __bool__(self):
        self.seen = next(self.stream, None)
        return False


stream = (Truth(stream) for _ in range(4))
print(any(stream), next(stream, None))
print(sum(sum(y for y in range(x)) for x in range(6)), max(len(list(y for y in range(x))) for x in (2, 3, 1)))


def handled():
    try:
        raise KeyError("first")
    except KeyError:
        yield 1
        yield 2
        try:
            raise
        except KeyError as error:
            yield str(error)


print(list(handled()))
for a, b in enumerate("añb", 2**63 - 2):
    print(a, b, end=" ")
for a, b in enumerate([]):
    print("never")
numbers = [1, 2]
for a, b in enumerate(numbers):
    if a < 3:
        numbers.append(a * 5)
print(numbers, a, b)
one, two = iter([1, 2, 3]), iter([4, 5])
for a, b in zip(one, two):
    print(a, b, end=" ")
print(list(one), list(two))
same = iter(range(7))
print([(a, b) for a, b in zip(same, same)], [a + b for a, b in zip(range(3), "ab" and [1, 2, 3, 4])])
for a, b in zip((1, 2), "xyz"):
    print(a, b, end=" ")
print({b: a for a, b in {"x": 1, "y": 2}.items()}, [a for a, _ in [(1, 2), [3, 4], "ab"]])
table = {1: 2, 3: 4, 5: 6}
del table[1]
try:
    for key, value in table.items():
        print(key, value, end=" ")
        table[key * 10] = value
except RuntimeError as error:
    print(error)
for pairs in ([(1, 2), (3, 4, 5)], [(1, 2), 7], [(1,)]):
    try:
        for a, b in pairs:
            print(a, b, end=" ")
    except (TypeError, ValueError) as error:
        print(error)
