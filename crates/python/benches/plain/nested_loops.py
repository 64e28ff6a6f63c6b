total = 0
for i in range(300):
    for j in range(300):
        for k in range(12):
            if (i + j + k) % 7 == 3:
                total += i * j - k
            else:
                total -= k
print(total)
