values = list(map(int, input().split()))
for level in range(max(values), 0, -1):
    print("".join("#" if v >= level else " " for v in values).rstrip())
print("-" * len(values))
