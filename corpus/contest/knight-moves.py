from collections import deque
n, sy, sx, ty, tx = map(int, input().split())
jumps = [(1, 2), (2, 1), (-1, 2), (-2, 1), (1, -2), (2, -1), (-1, -2), (-2, -1)]
dist = {(sy, sx): 0}
queue = deque(dist)
while (ty, tx) not in dist:
    y, x = queue.popleft()
    for dy, dx in jumps:
        p = y + dy, x + dx
        if p not in dist and all(0 <= v < n for v in p):
            dist[p] = dist[y, x] + 1
            queue.append(p)
print(dist[ty, tx])
