def check(name, value):
    print("check", name)
    return value

print(check("a", 0) and check("b", 1))
print(check("c", 0) or check("d", 2))
print(not "", "" or "default")
