small = {1, 2}
large = {1, 2, 3}
print(small <= large, small < small, large.issuperset(small))
print(frozenset(small) == small)
