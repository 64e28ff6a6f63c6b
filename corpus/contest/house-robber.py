take = skip = 0
for x in map(int, input().split()):
    take, skip = skip + x, max(take, skip)
    print(take, skip)
print(max(take, skip))
