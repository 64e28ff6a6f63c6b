n = int(input())
best = -10 ** 9
low = int(input())
for _ in range(n - 1):
    price = int(input())
    best = max(best, price - low)
    low = min(low, price)
print(best)
