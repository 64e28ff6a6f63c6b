values = [2.5, 3.5, -2.5, 2.675]
for v in values:
    print(v, round(v), round(v, 2))
