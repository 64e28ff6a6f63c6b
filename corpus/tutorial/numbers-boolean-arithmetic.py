flags = [True, False, True, True]
print(sum(flags))
print(True + 2, False * 5)
print(bool(0), bool(""), bool([0]))
