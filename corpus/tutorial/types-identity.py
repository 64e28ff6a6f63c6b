a = [1, 2]
b = [1, 2]
print(a == b, a is b)
c = a
print(a is c, a is not b)
