a = sorted(map(int, input().split()))
found = set()
for i in range(len(a) - 2):
    j, k = i + 1, len(a) - 1
    while j < k:
        s = a[i] + a[j] + a[k]
        if s == 0:
            found.add((a[i], a[j], a[k]))
        if s < 0:
            j += 1
        else:
            k -= 1
print(sorted(found))
