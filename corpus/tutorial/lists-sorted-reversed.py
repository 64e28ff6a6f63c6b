a = [3, 1, 2]
b = sorted(a)
c = list(reversed(a))
print(a, b, c, sorted(a, reverse=True))
