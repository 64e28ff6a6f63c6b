n = int(input())
a = list(map(int, input().split()))
pivot = a[-1]
i = -1
for j in range(n - 1):
    if a[j] <= pivot:
        i += 1
        a[i], a[j] = a[j], a[i]
a[i + 1], a[-1] = a[-1], a[i + 1]
print(a[:i + 1], a[i + 1], a[i + 2:])
