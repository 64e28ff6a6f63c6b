groups = {}
for n in range(1, 7):
    groups.setdefault(n % 3, []).append(n)
print(groups)
