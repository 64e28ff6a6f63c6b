import heapq
k = int(input())
values = list(map(int, input().split()))
print(heapq.nlargest(k, values), heapq.nsmallest(k, values))
