import heapq
n = int(input())
graph = [[] for _ in range(n)]
for _ in range(n):
    u, k, *rest = map(int, input().split())
    for v, c in zip(rest[::2], rest[1::2]):
        graph[u].append((v, c))
distance = [float("inf")] * n
distance[0] = 0
heap = [(0, 0)]
while heap:
    d, u = heapq.heappop(heap)
    if d > distance[u]:
        continue
    for v, c in graph[u]:
        if d + c < distance[v]:
            distance[v] = d + c
            heapq.heappush(heap, (d + c, v))
print(distance)
