from itertools import product, combinations, accumulate
a = list(map(int, input().split()))
print([x * y for x, y in product(a, repeat=2)])
print(list(combinations(a, 2)))
print(list(accumulate(a)))
