n = int(input())
d = [list(map(int, input().split())) for _ in range(n)]
INF = 10 ** 9
best = {(1, 0): 0}
for mask in range(1, 1 << n, 2):
    for last in range(n):
        if (mask, last) in best:
            for nxt in range(n):
                if not mask >> nxt & 1:
                    key = mask | 1 << nxt, nxt
                    best[key] = min(best.get(key, INF), best[mask, last] + d[last][nxt])
print(min(best[(1 << n) - 1, last] + d[last][0] for last in range(1, n)))
