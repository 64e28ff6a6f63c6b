n = int(input())
jobs = sorted((tuple(map(int, input().split())) for _ in range(n)), key=lambda j: -j[1])
slots = {}
for deadline, profit in jobs:
    day = deadline
    while day and day in slots:
        day -= 1
    if day:
        slots[day] = profit
print(sum(slots.values()), dict(sorted(slots.items())))
