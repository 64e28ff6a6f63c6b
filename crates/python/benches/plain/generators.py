def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def only_odd(source):
    for x in source:
        if x % 2:
            yield x


def chained(n):
    yield from numbers(n)
    yield from only_odd(numbers(n))


total = 0
for x in chained(60000):
    total += x
a, b = 0, 1
while a < 10 ** 3000:
    a, b = b, a + b
collatz = 0
for start in range(1, 2500):
    n = start
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        collatz += 1
print(total, len(str(a)), collatz)
