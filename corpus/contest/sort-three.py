x = list(map(int, input().split()))
x.sort()
print(*x)
