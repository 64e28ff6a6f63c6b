input()
a = list(map(int, input().split()))
steps = 0
while all(x % 2 == 0 for x in a):
    a = [x // 2 for x in a]
    steps += 1
print(steps)
