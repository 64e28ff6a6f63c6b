n = int(input())
black = set()
y = x = 0
dy, dx = -1, 0
for _ in range(n):
    if (y, x) in black:
        black.remove((y, x))
        dy, dx = -dx, dy
    else:
        black.add((y, x))
        dy, dx = dx, -dy
    y, x = y + dy, x + dx
print(len(black), (y, x))
