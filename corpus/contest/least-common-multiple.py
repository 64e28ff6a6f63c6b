from math import gcd
n = int(input())
result = 1
for x in map(int, input().split()):
    result = result * x // gcd(result, x)
print(result)
