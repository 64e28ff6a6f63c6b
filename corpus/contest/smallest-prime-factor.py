n = int(input())
spf = list(range(n + 1))
for p in range(2, n + 1):
    if spf[p] == p:
        for q in range(p * p, n + 1, p):
            if spf[q] == q:
                spf[q] = p
while n > 1:
    print(spf[n])
    n //= spf[n]
