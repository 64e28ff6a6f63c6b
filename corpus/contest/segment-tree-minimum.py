n = int(input())
a = list(map(int, input().split()))
size = 4
tree = [10 ** 9] * (2 * size)
tree[size:size + n] = a
for i in range(size - 1, 0, -1):
    tree[i] = min(tree[2 * i], tree[2 * i + 1])

def query(l, r):
    l += size
    r += size
    best = 10 ** 9
    while l < r:
        if l & 1:
            best = min(best, tree[l])
            l += 1
        if r & 1:
            r -= 1
            best = min(best, tree[r])
        l //= 2
        r //= 2
    return best

print(query(0, n), query(1, 3))
