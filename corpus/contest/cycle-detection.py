n, m = map(int, input().split())
graph = {v: [] for v in range(n)}
for _ in range(m):
    a, b = map(int, input().split())
    graph[a].append(b)
state = [0] * n

def has_cycle(v):
    state[v] = 1
    for w in graph[v]:
        if state[w] == 1 or state[w] == 0 and has_cycle(w):
            return True
    state[v] = 2
    return False

print(any(state[v] == 0 and has_cycle(v) for v in range(n)))
