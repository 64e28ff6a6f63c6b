x = 0.1 + 0.2
print(x)
print(round(x, 2))
print(x == 0.3)
close = abs(x - 0.3) < 1e-9
print(close)
