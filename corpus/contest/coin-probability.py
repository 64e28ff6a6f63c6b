n = int(input())
p = list(map(float, input().split()))
dp = [1.0]
for q in p:
    nxt = [0.0] * (len(dp) + 1)
    for heads, chance in enumerate(dp):
        nxt[heads] += chance * (1 - q)
        nxt[heads + 1] += chance * q
    dp = nxt
print(round(sum(dp[n // 2 + 1:]), 6))
