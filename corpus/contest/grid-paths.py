h, w = map(int, input().split())
grid = [input() for _ in range(h)]
ways = [[0] * w for _ in range(h)]
ways[0][0] = 1
for i in range(h):
    for j in range(w):
        if grid[i][j] == "#" or i == j == 0:
            continue
        up = ways[i - 1][j] if i else 0
        left = ways[i][j - 1] if j else 0
        ways[i][j] = up + left
print(ways[-1][-1])
