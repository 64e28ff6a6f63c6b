first, length = map(int, input().split())
print("Mo Tu We Th Fr Sa Su")
line = ["  "] * first
for day in range(1, length + 1):
    line.append(f"{day:2}")
    if len(line) == 7:
        print(" ".join(line))
        line = []
if line:
    print(" ".join(line))
