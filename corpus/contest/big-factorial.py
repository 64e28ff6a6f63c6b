import math
n = int(input())
f = math.factorial(n)
print(f)
print(len(str(f)))
