x = 1
y = [x]
del x
try:
    print(x)
except NameError as error:
    print(error)
print(y)
