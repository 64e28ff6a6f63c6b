h = list(map(int, input().split()))
i, j, best = 0, len(h) - 1, 0
while i < j:
    best = max(best, (j - i) * min(h[i], h[j]))
    if h[i] < h[j]:
        i += 1
    else:
        j -= 1
print(best)
