n = int(input())
children = {}
parent = [-1] * n
for _ in range(n):
    node, k, *kids = map(int, input().split())
    children[node] = kids
    for kid in kids:
        parent[kid] = node
for v in range(n):
    depth, u = 0, v
    while parent[u] != -1:
        u = parent[u]
        depth += 1
    print(f"node {v}: parent = {parent[v]}, depth = {depth}")
