functions = [lambda: i for i in range(3)]
print([f() for f in functions])
fixed = [lambda i=i: i for i in range(3)]
print([f() for f in fixed])
