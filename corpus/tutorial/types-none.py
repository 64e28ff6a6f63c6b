def nothing():
    return

x = nothing()
print(x is None, x == None, bool(x))
