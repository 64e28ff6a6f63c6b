values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
total = 0
previous = 0
for ch in reversed(input()):
    v = values[ch]
    if v < previous:
        total -= v
    else:
        total += v
    previous = max(previous, v)
print(total)
