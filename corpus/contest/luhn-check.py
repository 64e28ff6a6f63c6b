digits = [int(c) for c in input() if c.isdigit()]
total = 0
for i, d in enumerate(reversed(digits)):
    if i % 2:
        d *= 2
        if d > 9:
            d -= 9
    total += d
print(total, total % 10 == 0)
