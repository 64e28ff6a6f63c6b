n, m = map(int, input().split())
edges = []
for _ in range(m):
    a, b, w = map(int, input().split())
    edges.append((w, a, b))
edges.sort()
parent = list(range(n))

def find(x):
    while parent[x] != x:
        x = parent[x]
    return x

total = 0
for w, a, b in edges:
    a, b = find(a), find(b)
    if a != b:
        parent[a] = b
        total += w
print(total)
