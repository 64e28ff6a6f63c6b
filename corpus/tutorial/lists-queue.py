from collections import deque
queue = deque(["first", "second"])
queue.append("third")
print(queue.popleft())
queue.appendleft("urgent")
print(queue)
