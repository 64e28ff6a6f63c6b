n, m, l = map(int, input().split())
a = [list(map(int, input().split())) for _ in range(n)]
b = [list(map(int, input().split())) for _ in range(m)]
for i in range(n):
    row = [sum(a[i][k] * b[k][j] for k in range(m)) for j in range(l)]
    print(*row)
