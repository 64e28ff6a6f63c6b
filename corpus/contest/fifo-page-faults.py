frames = int(input())
memory = []
faults = 0
for page in map(int, input().split()):
    if page not in memory:
        faults += 1
        if len(memory) == frames:
            memory.pop(0)
        memory.append(page)
print(faults, memory)
