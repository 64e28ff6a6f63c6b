from collections import deque
n, quantum = map(int, input().split())
queue = deque()
for _ in range(n):
    name, time = input().split()
    queue.append((name, int(time)))
clock = 0
while queue:
    name, left = queue.popleft()
    used = min(left, quantum)
    clock += used
    if left > used:
        queue.append((name, left - used))
    else:
        print(name, clock)
