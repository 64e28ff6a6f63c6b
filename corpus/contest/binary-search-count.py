n = int(input())
s = sorted(map(int, input().split()))
q = int(input())
found = 0
for t in map(int, input().split()):
    lo, hi = 0, n
    while lo < hi:
        mid = (lo + hi) // 2
        if s[mid] < t:
            lo = mid + 1
        else:
            hi = mid
    if lo < n and s[lo] == t:
        found += 1
print(found)
