def key(v):
    return tuple(int(p) for p in v.split("."))

versions = input().split()
print(sorted(versions, key=key))
print(max(versions, key=key))
