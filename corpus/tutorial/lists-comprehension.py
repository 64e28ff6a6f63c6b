squares = []
for x in range(5):
    squares.append(x ** 2)
short = [x ** 2 for x in range(5)]
print(squares == short)
print([x for x in short if x % 2 == 0])
