x = input()
y = input()
dp = [[0] * (len(y) + 1) for _ in range(len(x) + 1)]
for i in range(len(x)):
    for j in range(len(y)):
        if x[i] == y[j]:
            dp[i + 1][j + 1] = dp[i][j] + 1
        else:
            dp[i + 1][j + 1] = max(dp[i][j + 1], dp[i + 1][j])
print(dp[-1][-1])
