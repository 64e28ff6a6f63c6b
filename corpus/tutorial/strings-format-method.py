print("{} before {}".format("tea", "cake"))
print("{1} before {0}".format("tea", "cake"))
table = {"x": 1, "y": 22}
print("{x:>4}{y:>4}".format(**table))
