n, m = map(int, input().split())
degree = [0] * n
for _ in range(m):
    for v in map(int, input().split()):
        degree[v] += 1
odd = [v for v in range(n) if degree[v] % 2]
print(degree, "euler path" if len(odd) in (0, 2) else "no path")
