n = int(input())
points = [tuple(map(int, input().split())) for _ in range(n)]
area = 0
for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
    area += x1 * y2 - x2 * y1
print(abs(area) / 2)
