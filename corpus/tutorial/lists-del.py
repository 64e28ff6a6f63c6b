a = [10, 20, 30, 40, 50]
del a[1]
print(a)
del a[-2:]
print(a)
del a[:]
print(a)
