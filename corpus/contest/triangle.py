import math
a, b, degrees = map(int, input().split())
c = math.radians(degrees)
area = a * b * math.sin(c) / 2
side = math.sqrt(a * a + b * b - 2 * a * b * math.cos(c))
print(round(area, 4))
print(round(a + b + side, 4))
print(round(2 * area / a, 4))
