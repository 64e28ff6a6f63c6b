n = int(input())
intervals = sorted(list(map(int, input().split())) for _ in range(n))
merged = [intervals[0]]
for a, b in intervals[1:]:
    if a <= merged[-1][1]:
        merged[-1][1] = max(merged[-1][1], b)
    else:
        merged.append([a, b])
print(merged)
