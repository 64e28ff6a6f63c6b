n = int(input())
a = [input().split() for _ in range(n)]
for row in zip(*a[::-1]):
    print(*row)
