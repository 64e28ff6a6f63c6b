input()
a = list(map(int, input().split()))
b = sorted(a)
seen = set()
cost = 0
for x in a:
    cycle = []
    while x not in seen:
        seen.add(x)
        cycle.append(x)
        x = b[a.index(x)]
    if cycle:
        s, k, m = sum(cycle), len(cycle), min(cycle)
        cost += min(s + (k - 2) * m, s + m + (k + 1) * b[0])
print(cost)
