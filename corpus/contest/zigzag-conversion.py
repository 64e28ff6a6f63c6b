text = input()
rows = int(input())
lines = [""] * rows
row, step = 0, 1
for ch in text:
    lines[row] += ch
    if row == 0:
        step = 1
    elif row == rows - 1:
        step = -1
    row += step
print("".join(lines))
