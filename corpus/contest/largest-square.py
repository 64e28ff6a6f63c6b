h, w = map(int, input().split())
grid = [list(map(int, input().split())) for _ in range(h)]
best = 0
dp = [[0] * (w + 1) for _ in range(h + 1)]
for i in range(h):
    for j in range(w):
        if grid[i][j] == 0:
            dp[i + 1][j + 1] = min(dp[i][j], dp[i][j + 1], dp[i + 1][j]) + 1
            best = max(best, dp[i + 1][j + 1])
print(best ** 2)
