n = int(input())
print(len({int(input()) for _ in range(n)}))
