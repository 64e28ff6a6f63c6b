from operator import itemgetter, mul
rows = [("b", 2), ("a", 3)]
print(sorted(rows, key=itemgetter(0)))
print(max(rows, key=itemgetter(1)), mul(6, 7))
