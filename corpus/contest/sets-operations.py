a = set(map(int, input().split()))
b = set(map(int, input().split()))
print(sorted(a & b), sorted(a | b), sorted(a - b), sorted(a ^ b))
print(a <= b, a.isdisjoint({100}))
