name = "kadrid"
try:
    name[0] = "M"
except TypeError as error:
    print(error)
name = "M" + name[1:]
print(name)
