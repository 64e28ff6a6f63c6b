prices = [0] + list(map(int, input().split()))
n = len(prices) - 1
best, cut = [0], [0]
for length in range(1, n + 1):
    value, first = max((prices[k] + best[length - k], k) for k in range(1, length + 1))
    best.append(value)
    cut.append(first)
print(best[n])
while n:
    print("piece", cut[n])
    n -= cut[n]
