floor = 1
travelled = 0
for target in map(int, input().split()):
    while floor != target:
        floor += 1 if floor < target else -1
        travelled += 1
    print("open at", floor)
print(travelled)
