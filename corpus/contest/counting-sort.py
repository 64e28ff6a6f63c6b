n = int(input())
a = list(map(int, input().split()))
count = [0] * (max(a) + 1)
for x in a:
    count[x] += 1
result = []
for value, times in enumerate(count):
    result += [value] * times
print(*result)
