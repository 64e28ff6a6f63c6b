a = list(map(int, input().split()))
order = sorted(a, key=lambda x: (-a.count(x), a.index(x)))
print(order)
