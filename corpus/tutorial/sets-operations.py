a = set("stone")
b = set("notes!")
print(sorted(a - b), sorted(b - a))
print(sorted(a & b), len(a | b), sorted(a ^ b))
