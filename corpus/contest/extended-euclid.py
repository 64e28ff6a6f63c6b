def extended(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended(b, a % b)
    return g, y, x - a // b * y

a, b = map(int, input().split())
g, x, y = extended(a, b)
print(g, x, y)
