n = int(input())
steps = tuple(map(int, input().split()))
ways = [1]
for i in range(1, n + 1):
    ways.append(sum(ways[i - s] for s in steps if s <= i))
print(ways)
