n, q = map(int, input().split())
diff = [0] * (n + 1)
for _ in range(q):
    l, r, v = map(int, input().split())
    diff[l - 1] += v
    diff[r] -= v
out, level = [], 0
for d in diff[:-1]:
    level += d
    out.append(level)
print(out)
