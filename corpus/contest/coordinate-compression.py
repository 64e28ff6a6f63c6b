a = list(map(int, input().split()))
values = sorted(set(a))
index = {v: i for i, v in enumerate(values)}
print([index[x] for x in a])
