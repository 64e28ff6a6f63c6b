a = list(map(int, input().split()))
reach = end = jumps = 0
for i in range(len(a) - 1):
    reach = max(reach, i + a[i])
    if i == end:
        jumps += 1
        end = reach
print(jumps)
