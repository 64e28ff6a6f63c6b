n = int(input())
graph = {}
for _ in range(n):
    u, k, *vs = map(int, input().split())
    graph[u] = vs
enter, leave, clock = {}, {}, 0

def visit(u):
    global clock
    clock += 1
    enter[u] = clock
    for v in graph[u]:
        if v not in enter:
            visit(v)
    clock += 1
    leave[u] = clock

for u in sorted(graph):
    if u not in enter:
        visit(u)
    print(u, enter[u], leave[u])
