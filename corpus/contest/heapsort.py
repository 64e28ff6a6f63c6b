def sift(a, i, n):
    while 2 * i + 1 < n:
        c = 2 * i + 1
        if c + 1 < n and a[c + 1] > a[c]:
            c += 1
        if a[i] >= a[c]:
            break
        a[i], a[c] = a[c], a[i]
        i = c

a = list(map(int, input().split()))
n = len(a)
for i in range(n // 2 - 1, -1, -1):
    sift(a, i, n)
for end in range(n - 1, 0, -1):
    a[0], a[end] = a[end], a[0]
    sift(a, 0, end)
print(a)
