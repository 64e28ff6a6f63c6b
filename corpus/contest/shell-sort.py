a = list(map(int, input().split()))
gap = len(a) // 2
while gap:
    for i in range(gap, len(a)):
        v, j = a[i], i
        while j >= gap and a[j - gap] > v:
            a[j] = a[j - gap]
            j -= gap
        a[j] = v
    gap //= 2
print(a)
