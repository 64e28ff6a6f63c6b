from functools import cmp_to_key

def compare(p, q):
    return p[0] * q[1] - q[0] * p[1]

items = [tuple(map(int, f.split("/"))) for f in input().split()]
items.sort(key=cmp_to_key(compare))
print(" < ".join(f"{a}/{b}" for a, b in items))
