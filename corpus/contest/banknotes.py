n, y = map(int, input().split())
answer = (-1, -1, -1)
for i in range(n + 1):
    for j in range(n - i + 1):
        k = n - i - j
        if 10 * i + 5 * j + k == y:
            answer = (i, j, k)
print(*answer)
