n = int(input())
best = [0, 0, 0]
for _ in range(n):
    a, b, c = map(int, input().split())
    x, y, z = best
    best = [max(y, z) + a, max(x, z) + b, max(x, y) + c]
print(max(best))
