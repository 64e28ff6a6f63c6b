h, w = map(int, input().split())
grid = [list(input()) for _ in range(h)]
minutes = 0
while True:
    rotten = [(y, x) for y in range(h) for x in range(w) if grid[y][x] == "R"]
    new = set()
    for y, x in rotten:
        for a, b in (y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1):
            if 0 <= a < h and 0 <= b < w and grid[a][b] == "O":
                new.add((a, b))
    if not new:
        break
    for y, x in new:
        grid[y][x] = "R"
    minutes += 1
print(minutes, "".join(map("".join, grid)).count("O"))
