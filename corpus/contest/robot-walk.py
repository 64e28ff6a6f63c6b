x = y = 0
moves = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
visited = {(0, 0)}
for step in input():
    dx, dy = moves[step]
    x += dx
    y += dy
    visited.add((x, y))
print(x, y, len(visited))
