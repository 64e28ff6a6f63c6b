from collections import deque
items = deque()
for _ in range(int(input())):
    command = input().split()
    if command[0] == "insert":
        items.appendleft(int(command[1]))
    elif command[0] == "deleteFirst":
        items.popleft()
    elif command[0] == "deleteLast":
        items.pop()
    elif int(command[1]) in items:
        items.remove(int(command[1]))
print(*items)
