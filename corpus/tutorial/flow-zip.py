rooms = ["kitchen", "hall"]
sizes = [12, 7]
for room, size in zip(rooms, sizes):
    print(f"The {room} has {size} square metres.")
