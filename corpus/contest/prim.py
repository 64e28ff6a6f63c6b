import heapq
n, m = map(int, input().split())
graph = [[] for _ in range(n)]
for _ in range(m):
    a, b, w = map(int, input().split())
    graph[a].append((w, b))
    graph[b].append((w, a))
seen = set()
heap = [(0, 0)]
total = 0
while heap:
    w, v = heapq.heappop(heap)
    if v in seen:
        continue
    seen.add(v)
    total += w
    for edge in graph[v]:
        heapq.heappush(heap, edge)
print(total, len(seen) == n)
