codes = {"a": 1, "b": 2, "c": 1}
inverse = {}
for key, value in codes.items():
    inverse.setdefault(value, []).append(key)
print(inverse)
