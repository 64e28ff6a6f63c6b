def f(x):
    return x ** 3 - x - 2

lo, hi = map(float, input().split())
for _ in range(8):
    mid = (lo + hi) / 2
    if f(lo) * f(mid) <= 0:
        hi = mid
    else:
        lo = mid
print(round(lo, 3), round(hi, 3))
