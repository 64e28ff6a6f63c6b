down, area, pools = [], 0, []
for i, ch in enumerate(input()):
    if ch == "\\":
        down.append(i)
    elif ch == "/" and down:
        j = down.pop()
        size = i - j
        area += size
        while pools and pools[-1][0] > j:
            size += pools.pop()[1]
        pools.append((j, size))
print(area)
print(len(pools), *[size for _, size in pools])
