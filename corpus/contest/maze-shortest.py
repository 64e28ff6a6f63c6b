from collections import deque
h, w = map(int, input().split())
maze = [input() for _ in range(h)]
dist = {(0, 0): 0}
queue = deque([(0, 0)])
while queue:
    y, x = queue.popleft()
    for dy, dx in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        a, b = y + dy, x + dx
        if 0 <= a < h and 0 <= b < w and maze[a][b] == "." and (a, b) not in dist:
            dist[a, b] = dist[y, x] + 1
            queue.append((a, b))
print(dist.get((h - 1, w - 1), -1))
