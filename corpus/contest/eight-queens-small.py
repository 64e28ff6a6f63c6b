n = int(input())
solutions = []

def place(row, columns):
    if row == n:
        solutions.append(columns)
        return
    for c in range(n):
        if all(c != k and abs(c - k) != row - r for r, k in enumerate(columns)):
            place(row + 1, columns + [c])

place(0, [])
print(len(solutions))
print(solutions[0])
