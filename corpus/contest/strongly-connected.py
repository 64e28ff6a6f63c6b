n, m = map(int, input().split())
g = [[] for _ in range(n)]
r = [[] for _ in range(n)]
for _ in range(m):
    a, b = map(int, input().split())
    g[a].append(b)
    r[b].append(a)
order, seen = [], set()

def first(v):
    seen.add(v)
    for w in g[v]:
        if w not in seen:
            first(w)
    order.append(v)

for v in range(n):
    if v not in seen:
        first(v)
groups, used = [], set()
for v in reversed(order):
    if v not in used:
        group, stack = [], [v]
        used.add(v)
        while stack:
            u = stack.pop()
            group.append(u)
            for w in r[u]:
                if w not in used:
                    used.add(w)
                    stack.append(w)
        groups.append(sorted(group))
print(groups)
