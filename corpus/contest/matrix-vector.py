n, m = map(int, input().split())
a = [list(map(int, input().split())) for _ in range(n)]
b = [int(input()) for _ in range(m)]
for row in a:
    total = 0
    for x, y in zip(row, b):
        total += x * y
    print(total)
