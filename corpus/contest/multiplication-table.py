n = int(input())
for i in range(1, n + 1):
    print(*[f"{i * j:3d}" for j in range(1, n + 1)], sep="")
