n, q = map(int, input().split())
tree = [0] * (n + 1)
for _ in range(q):
    kind, x, y = map(int, input().split())
    if kind == 0:
        while x <= n:
            tree[x] += y
            x += x & -x
    else:
        total = 0
        while y > 0:
            total += tree[y]
            y -= y & -y
        x -= 1
        while x > 0:
            total -= tree[x]
            x -= x & -x
        print(total)
