def add(a, b):
    return a + b

def mul(a, b):
    return a * b

table = {"+": add, "*": mul}
for op in "+*":
    print(op, table[op](3, 4))
