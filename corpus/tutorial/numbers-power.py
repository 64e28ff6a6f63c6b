base = 3
for exponent in range(5):
    print(base ** exponent)
root = 16 ** 0.5
print(root)
