a = list(map(int, input().split()))
digit = 1
while digit <= max(a):
    buckets = [[] for _ in range(10)]
    for x in a:
        buckets[x // digit % 10].append(x)
    a = [x for b in buckets for x in b]
    digit *= 10
print(a)
