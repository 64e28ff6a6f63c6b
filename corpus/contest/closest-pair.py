n = int(input())
points = [tuple(map(int, input().split())) for _ in range(n)]
best = None
for i in range(n):
    for j in range(i):
        d = (points[i][0] - points[j][0]) ** 2 + (points[i][1] - points[j][1]) ** 2
        if best is None or d < best[0]:
            best = (d, j, i)
print(best[0] ** 0.5, best[1:])
