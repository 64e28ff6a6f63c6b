n, k = map(int, input().split())
w = [int(input()) for _ in range(n)]

def fits(load):
    trucks, room = 1, load
    for x in w:
        if x > load:
            return False
        if x > room:
            trucks += 1
            room = load
        room -= x
    return trucks <= k

low, high = 0, sum(w)
while high - low > 1:
    mid = (low + high) // 2
    if fits(mid):
        high = mid
    else:
        low = mid
print(high)
