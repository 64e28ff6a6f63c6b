n, m = map(int, input().split())
edges = [tuple(map(int, input().split())) for _ in range(m)]
d = [0] + [10 ** 9] * (n - 1)
for round_number in range(n):
    changed = False
    for a, b, w in edges:
        if d[a] + w < d[b]:
            d[b] = d[a] + w
            changed = True
    if not changed:
        break
else:
    print("negative cycle")
print(d, round_number)
