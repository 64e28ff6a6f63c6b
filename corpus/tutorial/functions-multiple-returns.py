def stats(values):
    return min(values), max(values), sum(values) / len(values)

low, high, mean = stats([4, 8, 6])
print(low, high, mean)
