h, w = map(int, input().split())
grid = [list(input()) for _ in range(h)]

def sink(y, x):
    if 0 <= y < h and 0 <= x < w and grid[y][x] == "1":
        grid[y][x] = "0"
        for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            sink(y + dy, x + dx)

islands = 0
for y in range(h):
    for x in range(w):
        if grid[y][x] == "1":
            islands += 1
            sink(y, x)
print(islands)
