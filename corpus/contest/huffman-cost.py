import heapq
heap = list(map(int, input().split()))
heapq.heapify(heap)
cost = 0
while len(heap) > 1:
    a = heapq.heappop(heap)
    b = heapq.heappop(heap)
    cost += a + b
    heapq.heappush(heap, a + b)
print(cost)
