total = 0
for ch in input():
    total += int(ch)
print(total)
