a = input()
b = input()
row = list(range(len(b) + 1))
for i, x in enumerate(a, 1):
    previous = row
    row = [i]
    for j, y in enumerate(b, 1):
        row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
print(row[-1])
