n = int(input())
a = [list(map(int, input().split())) for _ in range(n)]
t = [[row[j] for row in a] for j in range(n)]
s = [[a[i][j] + t[i][j] for j in range(n)] for i in range(n)]
symmetric = all(s[i][j] == s[j][i] for i in range(n) for j in range(n))
print(s, symmetric)
