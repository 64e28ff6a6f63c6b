a = 17
b = 5
print(a + b, a - b, a * b)
print(a / b)
print(a // b, a % b)
print((a // b) * b + a % b == a)
