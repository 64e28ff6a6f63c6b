items = [4, 2, 7]
target = 7
position = None
for i in range(len(items)):
    if items[i] == target:
        position = i
        break
print(position)
