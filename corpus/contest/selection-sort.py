n = int(input())
a = list(map(int, input().split()))
swaps = 0
for i in range(n):
    m = a.index(min(a[i:]), i)
    if m != i:
        a[i], a[m] = a[m], a[i]
        swaps += 1
print(*a)
print(swaps)
