def counter(start, step):
    n = start
    while True:
        yield n
        n += step

c = counter(10, 5)
print([next(c) for _ in range(4)])
