n = int(input())
t = x = y = 0
possible = True
for _ in range(n):
    t2, x2, y2 = map(int, input().split())
    d = abs(x2 - x) + abs(y2 - y)
    if d > t2 - t or (t2 - t - d) % 2:
        possible = False
    t, x, y = t2, x2, y2
print("Yes" if possible else "No")
