import heapq
n, m = map(int, input().split())
after = [[] for _ in range(n)]
waits = [0] * n
for _ in range(m):
    a, b = map(int, input().split())
    after[a].append(b)
    waits[b] += 1
ready = [v for v in range(n) if not waits[v]]
order = []
while ready:
    v = heapq.heappop(ready)
    order.append(v)
    for w in after[v]:
        waits[w] -= 1
        if not waits[w]:
            heapq.heappush(ready, w)
print(order if len(order) == n else "cycle")
