n = int(input())
parent = [-1] + list(map(int, input().split()))
a, b = map(int, input().split())
path = set()
while a != -1:
    path.add(a)
    a = parent[a]
while b not in path:
    b = parent[b]
print(b)
