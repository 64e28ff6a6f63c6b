h, w, steps = map(int, input().split())
alive = set()
for y in range(h):
    for x, ch in enumerate(input()):
        if ch == "*":
            alive.add((y, x))
for _ in range(steps):
    counts = {}
    for y, x in alive:
        for dy in -1, 0, 1:
            for dx in -1, 0, 1:
                if dy or dx:
                    counts[y + dy, x + dx] = counts.get((y + dy, x + dx), 0) + 1
    alive = {c for c, n in counts.items() if n == 3 or n == 2 and c in alive}
print(sorted(alive))
