a, b = 1, 2
for _ in range(3):
    a, b = b, a + b
    print(a, b)
