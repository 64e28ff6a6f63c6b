import heapq
queue = []
while True:
    command = input().split()
    if command[0] == "end":
        break
    if command[0] == "insert":
        heapq.heappush(queue, -int(command[1]))
    else:
        print(-heapq.heappop(queue))
