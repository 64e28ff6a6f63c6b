n = int(input())
tree = [[] for _ in range(n)]
for _ in range(n - 1):
    a, b = map(int, input().split())
    tree[a].append(b)
    tree[b].append(a)

def farthest(start):
    best = (0, start)
    stack = [(start, -1, 0)]
    while stack:
        v, parent, d = stack.pop()
        best = max(best, (d, v))
        stack += [(w, v, d + 1) for w in tree[v] if w != parent]
    return best

_, end = farthest(0)
print(farthest(end)[0])
