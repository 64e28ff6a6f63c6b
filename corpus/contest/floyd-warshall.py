n, m = map(int, input().split())
INF = 99
d = [[0 if i == j else INF for j in range(n)] for i in range(n)]
for _ in range(m):
    a, b, w = map(int, input().split())
    d[a][b] = w
for k in range(n):
    for i in range(n):
        for j in range(n):
            d[i][j] = min(d[i][j], d[i][k] + d[k][j])
for row in d:
    print(*["-" if v >= INF else v for v in row])
