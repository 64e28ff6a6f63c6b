def count(limit):
    digits = str(limit)
    total = 0
    for value in range(limit + 1):
        if "4" not in str(value):
            total += 1
    return total, len(digits)

print(count(int(input())))
