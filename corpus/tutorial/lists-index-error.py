a = [1, 2, 3]
try:
    print(a[3])
except IndexError as error:
    print("caught", error)
print(a[-3])
