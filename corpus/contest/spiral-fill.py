n = int(input())
grid = [[0] * n for _ in range(n)]
y = x = 0
dy, dx = 0, 1
for k in range(1, n * n + 1):
    grid[y][x] = k
    a, b = y + dy, x + dx
    if not (0 <= a < n and 0 <= b < n and grid[a][b] == 0):
        dy, dx = dx, -dy
        a, b = y + dy, x + dx
    y, x = a, b
for row in grid:
    print(*row)
