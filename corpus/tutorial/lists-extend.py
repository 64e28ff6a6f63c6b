a = [1, 2]
a.extend(range(3, 5))
a += [10]
b = a.copy()
a.clear()
print(a, b)
