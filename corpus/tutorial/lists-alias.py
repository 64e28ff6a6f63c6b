a = ["red", "green"]
b = a
c = a[:]
b.append("blue")
print(a, c)
print(a is b, a is c)
