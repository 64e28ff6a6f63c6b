a = dict([("x", 1), ("y", 2)])
b = dict(x=1, y=2)
c = {k: len(k) for k in ("aa", "b")}
print(a == b, c)
