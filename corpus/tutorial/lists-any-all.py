values = [0, 3, 6]
print(any(values), all(values))
print(all(v % 3 == 0 for v in values))
print(any(v > 5 for v in values))
