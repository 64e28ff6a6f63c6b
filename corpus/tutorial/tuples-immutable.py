v = ([1, 2], [3])
v[0].append(9)
print(v)
try:
    v[0] = 1
except TypeError as error:
    print(error)
