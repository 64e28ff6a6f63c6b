line = "alpha,beta,,gamma"
parts = line.split(",")
print(parts)
words = "  a  b c ".split()
print("-".join(words))
print(line.partition(","))
