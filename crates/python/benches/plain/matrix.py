def product(a, b):
    return [[sum(a[i][k] * b[k][j] for k in range(len(b))) for j in range(len(b[0]))] for i in range(len(a))]


def multiply(a, b):
    n = len(a)
    c = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            total = 0
            for k in range(n):
                total += a[i][k] * b[k][j]
            c[i][j] = total
    return c


def transpose(a):
    return [list(row) for row in zip(*a)]


n = 36
a = [[(i * j + 1) % 7 for j in range(n)] for i in range(n)]
b = [[(i + j) % 5 for j in range(n)] for i in range(n)]
c = product(a, b)
d = multiply(b, a)
for _ in range(100):
    a = transpose(a)
print(c == multiply(a, b), sum(map(sum, d)), sum(a[i][i] for i in range(n)))
