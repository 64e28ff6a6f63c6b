n = int(input())
meetings = sorted(tuple(map(int, input().split())) for _ in range(n))
rooms = []
for start, end in meetings:
    for i, free in enumerate(rooms):
        if free <= start:
            rooms[i] = end
            break
    else:
        rooms.append(end)
print(len(rooms), rooms)
