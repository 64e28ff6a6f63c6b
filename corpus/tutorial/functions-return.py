def powers(base, limit):
    result = []
    value = 1
    while value <= limit:
        result.append(value)
        value *= base
    return result

print(powers(3, 100))
