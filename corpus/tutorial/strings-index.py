name = "Madrid"
print(name[0], name[5])
print(name[-1], name[-6])
print(len(name))
