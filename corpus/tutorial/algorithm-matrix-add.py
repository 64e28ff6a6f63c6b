a = [[1, 2], [3, 4]]
b = [[5, 6], [7, 8]]
c = []
for row_a, row_b in zip(a, b):
    c.append([x + y for x, y in zip(row_a, row_b)])
print(c)
