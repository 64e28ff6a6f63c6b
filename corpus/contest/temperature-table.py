low, high, step = map(int, input().split())
for f in range(low, high + 1, step):
    c = (f - 32) * 5 / 9
    print(f"{f:>4}F = {c:6.1f}C")
