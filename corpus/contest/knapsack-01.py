n, capacity = map(int, input().split())
best = [0] * (capacity + 1)
for _ in range(n):
    v, w = map(int, input().split())
    for c in range(capacity, w - 1, -1):
        best[c] = max(best[c], best[c - w] + v)
print(best[capacity])
