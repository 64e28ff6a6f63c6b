def partitions(n, most):
    if n == 0:
        yield []
        return
    for first in range(min(n, most), 0, -1):
        for rest in partitions(n - first, first):
            yield [first] + rest

n = int(input())
for p in partitions(n, n):
    print("+".join(map(str, p)))
