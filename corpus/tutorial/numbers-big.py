big = 2 ** 70
print(big)
print(big % 1000)
print(len(str(big)))
