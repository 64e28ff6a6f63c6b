moves = 0

def hanoi(n, a, b, c):
    global moves
    if n:
        hanoi(n - 1, a, c, b)
        moves += 1
        print(f"disk {n}: {a} -> {c}")
        hanoi(n - 1, b, a, c)

hanoi(int(input()), "A", "B", "C")
print(moves)
