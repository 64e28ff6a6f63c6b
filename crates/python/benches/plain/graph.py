from collections import deque
import heapq

n = 3000
edges = {i: [] for i in range(n)}
seed = 7
for i in range(n * 4):
    seed = (seed * 1664525 + 1013904223) % 4294967296
    a = seed % n
    seed = (seed * 1664525 + 1013904223) % 4294967296
    b = seed % n
    edges[a].append((b, seed % 100 + 1))
    edges[b].append((a, seed % 100 + 1))


def breadth_first(start):
    seen = {start}
    queue = deque([start])
    order = []
    while queue:
        node = queue.popleft()
        order.append(node)
        for other, _ in edges[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return order


def dijkstra(start):
    distance = {start: 0}
    heap = [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > distance[node]:
            continue
        for other, weight in edges[node]:
            new = d + weight
            if other not in distance or new < distance[other]:
                distance[other] = new
                heapq.heappush(heap, (new, other))
    return distance


print(len(breadth_first(0)), sum(dijkstra(0).values()))
