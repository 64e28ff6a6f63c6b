s = "two words\n"
print(str(s), repr(s))
print(str(2 / 3), repr((1.5, 4000, ("tea", None))))
