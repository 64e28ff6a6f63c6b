mod = 998244353
n, k = map(int, input().split())
top = bottom = 1
for i in range(k):
    top = top * (n - i) % mod
    bottom = bottom * (i + 1) % mod
print(top * pow(bottom, mod - 2, mod) % mod)
