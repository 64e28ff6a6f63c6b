def lucas(n, memo={0: 2, 1: 1}):
    if n not in memo:
        memo[n] = lucas(n - 1) + lucas(n - 2)
    return memo[n]

print(lucas(int(input())))
