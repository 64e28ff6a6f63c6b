n = int(input())
parent = [0] + [int(v) for v in input().split()]
size = [1] * n
for v in range(n - 1, 0, -1):
    size[parent[v]] += size[v]
print(size)
