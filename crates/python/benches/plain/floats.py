import math


def integrate(f, a, b, n):
    h = (b - a) / n
    s = 0.5 * (f(a) + f(b))
    for i in range(1, n):
        s += f(a + i * h)
    return s * h


def matmul(a, b):
    n = len(a)
    c = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            s = 0.0
            for k in range(n):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c


area = integrate(lambda x: math.sin(x) ** 2 + x / 3, 0.0, 10.0, 60000)
m = [[(i * j) % 7 / 7 for j in range(60)] for i in range(60)]
m = matmul(m, m)
x = 1.0
for i in range(100000):
    x = (x + 2.0 / x) / 2.0 + (i & 1) * 1e-9
print(round(area, 9), round(m[3][5], 9), round(x, 9))
