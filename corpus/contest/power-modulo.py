m, n = map(int, input().split())
mod = 10 ** 9 + 7
result = 1
while n:
    if n & 1:
        result = result * m % mod
    m = m * m % mod
    n >>= 1
print(result)
