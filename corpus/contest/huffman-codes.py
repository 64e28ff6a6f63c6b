import heapq
text = input()
heap = [(text.count(c), c) for c in sorted(set(text))]
heapq.heapify(heap)
codes = {c: "" for _, c in heap}
while len(heap) > 1:
    n1, left = heapq.heappop(heap)
    n2, right = heapq.heappop(heap)
    for c in left:
        codes[c] = "0" + codes[c]
    for c in right:
        codes[c] = "1" + codes[c]
    heapq.heappush(heap, (n1 + n2, left + right))
print(codes)
