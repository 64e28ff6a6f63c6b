a = list(map(int, input().split()))
high = low = best = a[0]
for x in a[1:]:
    options = x, high * x, low * x
    high, low = max(options), min(options)
    best = max(best, high)
print(best)
