n, q = map(int, input().split())
parent = list(range(n))

def find(x):
    if parent[x] != x:
        parent[x] = find(parent[x])
    return parent[x]

for _ in range(q):
    kind, x, y = map(int, input().split())
    if kind == 0:
        parent[find(x)] = find(y)
    else:
        print(int(find(x) == find(y)))
