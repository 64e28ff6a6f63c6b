import math
print(math.pi, math.sqrt(2))
print(math.factorial(6), math.gcd(12, 18))
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5))
print(math.log(1024, 2), math.hypot(3, 4))
