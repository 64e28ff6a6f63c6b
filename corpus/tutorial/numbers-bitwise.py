a, b = 12, 10
print(a & b, a | b, a ^ b)
print(~a, a << 2, a >> 2)
mask = (1 << 4) - 1
print(mask, 77 & mask)
