from functools import cmp_to_key
parts = input().split()
parts.sort(key=cmp_to_key(lambda a, b: 1 if a + b < b + a else -1))
print("".join(parts))
