n = int(input())
a = [list(map(float, input().split())) for _ in range(n)]
for i in range(n):
    pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
    a[i], a[pivot] = a[pivot], a[i]
    a[i] = [v / a[i][i] for v in a[i]]
    for r in range(n):
        if r != i:
            k = a[r][i]
            a[r] = [x - k * y for x, y in zip(a[r], a[i])]
print([row[-1] for row in a])
