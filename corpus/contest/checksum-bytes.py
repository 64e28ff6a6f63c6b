data = input().encode()
a, b = 1, 0
for byte in data:
    a = (a + byte) % 65521
    b = (b + a) % 65521
print(hex(b << 16 | a))
