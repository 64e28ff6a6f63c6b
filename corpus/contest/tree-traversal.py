n = int(input())
tree = {}
for _ in range(n):
    v, left, right = map(int, input().split())
    tree[v] = left, right

def walk(v, order):
    if v == -1:
        return []
    left, right = tree[v]
    parts = {"pre": [[v], walk(left, order), walk(right, order)],
             "in": [walk(left, order), [v], walk(right, order)]}[order]
    return sum(parts, [])

print(*walk(0, "pre"))
print(*walk(0, "in"))
