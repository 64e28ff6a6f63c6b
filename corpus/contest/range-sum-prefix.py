n, q = map(int, input().split())
prefix = [0]
for x in map(int, input().split()):
    prefix.append(prefix[-1] + x)
for _ in range(q):
    l, r = map(int, input().split())
    print(prefix[r] - prefix[l - 1])
