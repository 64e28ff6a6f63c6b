n, m = map(int, input().split())
color = list(range(n))
for _ in range(m):
    a, b = map(int, input().split())
    old, new = color[a], color[b]
    color = [new if c == old else c for c in color]
groups = len(set(color))
print(groups)
