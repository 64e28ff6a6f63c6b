amount, m = map(int, input().split())
coins = list(map(int, input().split()))
dp = [0] + [amount + 1] * amount
for coin in coins:
    for x in range(coin, amount + 1):
        dp[x] = min(dp[x], dp[x - coin] + 1)
print(dp[amount])
