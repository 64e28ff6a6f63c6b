n = int(input())
grundy = [0]
for s in range(1, n + 1):
    reachable = {grundy[s - m] for m in (1, 3, 4) if m <= s}
    g = 0
    while g in reachable:
        g += 1
    grundy.append(g)
print(grundy)
