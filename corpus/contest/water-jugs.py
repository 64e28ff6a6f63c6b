from collections import deque
a, b, target = map(int, input().split())
seen = {(0, 0)}
queue = deque([(0, 0, 0)])
while queue:
    x, y, steps = queue.popleft()
    if target in (x, y):
        print(steps, (x, y))
        break
    p, q = min(x, b - y), min(y, a - x)
    for state in (a, y), (x, b), (0, y), (x, 0), (x - p, y + p), (x + q, y - q):
        if state not in seen:
            seen.add(state)
            queue.append((*state, steps + 1))
