items = input().split()
for mask in range(1 << len(items)):
    chosen = [x for i, x in enumerate(items) if mask >> i & 1]
    print(mask, ":", *chosen)
