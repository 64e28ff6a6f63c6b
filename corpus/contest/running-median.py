import heapq
low, high = [], []
for x in map(int, input().split()):
    heapq.heappush(low, -heapq.heappushpop(high, x))
    if len(low) > len(high):
        heapq.heappush(high, -heapq.heappop(low))
    print(high[0] if len(high) > len(low) else (high[0] - low[0]) / 2)
