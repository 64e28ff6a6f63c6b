k = int(input())
prefix = 0
seen = {0: 1}
count = 0
for x in map(int, input().split()):
    prefix += x
    count += seen.get(prefix - k, 0)
    seen[prefix] = seen.get(prefix, 0) + 1
print(count)
