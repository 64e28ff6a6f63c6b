input()
x = 0
for v in map(int, input().split()):
    x ^= v
print(x)
