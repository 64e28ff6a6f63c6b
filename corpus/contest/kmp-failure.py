p = input()
fail = [0] * len(p)
k = 0
for i in range(1, len(p)):
    while k and p[k] != p[i]:
        k = fail[k - 1]
    if p[k] == p[i]:
        k += 1
    fail[i] = k
print(*fail)
