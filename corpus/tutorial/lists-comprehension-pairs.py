pairs = [(x, y) for x in "ab" for y in range(3) if y != 1]
print(pairs)
flat = [n for row in [[1, 2], [3]] for n in row]
print(flat)
