from collections import deque, defaultdict, Counter
def bfs(grid, start):
    R, C = len(grid), len(grid[0])
    q = deque([start]); dist = {start: 0}
    while q:
        r, c = q.popleft()
        for dr, dc in [(1, 0), (-1, 0), (0, 1), (0, -1)]:
            nr, nc = r + dr, c + dc
            if 0 <= nr < R and 0 <= nc < C and grid[nr][nc] != "#" and (nr, nc) not in dist:
                dist[nr, nc] = dist[r, c] + 1
                q.append((nr, nc))
    return max(dist.values())
grid = ["".join("#" if (i * j * 7 + i) % 11 == 3 else "." for j in range(70)) for i in range(70)]
def life(cells):
    counts = defaultdict(int)
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    counts[x + dx, y + dy] += 1
    return {p for p, n in counts.items() if n == 3 or (n == 2 and p in cells)}
cells = {(i, (i * i) % 23) for i in range(40)}
for _ in range(25):
    cells = life(cells)
def flood(img, r, c, new):
    old = img[r][c]
    if old == new: return 0
    stack = [(r, c)]; n = 0
    while stack:
        r, c = stack.pop()
        if r < 0 or r >= len(img) or c < 0 or c >= len(img[0]) or img[r][c] != old: continue
        img[r][c] = new; n += 1
        stack.append((r + 1, c)); stack.append((r - 1, c)); stack.append((r, c + 1)); stack.append((r, c - 1))
    return n
img = [[0] * 60 for _ in range(60)]
print(bfs(grid, (0, 0)), len(cells), flood(img, 0, 0, 1), Counter(x % 7 for x in range(20000)).most_common(2))
