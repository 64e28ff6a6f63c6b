a, b, c, x = [int(input()) for _ in range(4)]
ways = 0
for i in range(a + 1):
    for j in range(b + 1):
        rest = x - 500 * i - 100 * j
        if rest >= 0 and rest % 50 == 0 and rest // 50 <= c:
            ways += 1
print(ways)
