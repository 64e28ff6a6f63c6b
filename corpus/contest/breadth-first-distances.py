from collections import deque
n = int(input())
graph = {}
for _ in range(n):
    u, k, *vs = map(int, input().split())
    graph[u] = vs
distance = {1: 0}
queue = deque([1])
while queue:
    u = queue.popleft()
    for v in graph[u]:
        if v not in distance:
            distance[v] = distance[u] + 1
            queue.append(v)
for u in sorted(graph):
    print(u, distance.get(u, -1))
