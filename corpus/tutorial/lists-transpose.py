matrix = [[1, 2, 3], [4, 5, 6]]
columns = [[row[i] for row in matrix] for i in range(3)]
print(columns)
print(list(zip(*matrix)))
