def ways(i, left):
    if left == 0:
        return [[]]
    if i == len(a) or left < 0:
        return []
    return [[a[i]] + w for w in ways(i, left - a[i])] + ways(i + 1, left)

a = list(map(int, input().split()))
print(ways(0, int(input())))
