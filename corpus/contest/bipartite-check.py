n, m = map(int, input().split())
graph = [[] for _ in range(n)]
for _ in range(m):
    a, b = map(int, input().split())
    graph[a].append(b)
    graph[b].append(a)
color = [None] * n
ok = True
for s in range(n):
    if color[s] is None:
        color[s] = 0
        stack = [s]
        while stack:
            v = stack.pop()
            for w in graph[v]:
                if color[w] is None:
                    color[w] = 1 - color[v]
                    stack.append(w)
                elif color[w] == color[v]:
                    ok = False
print(ok, color)
