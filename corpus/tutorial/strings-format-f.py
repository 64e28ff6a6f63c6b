name = "Ada"
age = 36
print(f"{name} is {age}")
print(f"{name!r:>8}|{age:05d}|{age / 7:.3f}")
print(f"{age = }")
