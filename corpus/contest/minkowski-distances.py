n = int(input())
x = list(map(int, input().split()))
y = list(map(int, input().split()))
d = [abs(a - b) for a, b in zip(x, y)]
for p in 1, 2, 3:
    print(f"{sum(v ** p for v in d) ** (1 / p):.6f}")
print(max(d))
