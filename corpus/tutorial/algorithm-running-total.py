total = 0
history = []
for amount in [5, -2, 10]:
    total += amount
    history.append(total)
print(history, total)
