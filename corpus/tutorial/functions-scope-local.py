x = "outer"

def change():
    x = "inner"
    return x

print(change(), x)
