def merge_sort(a):
    if len(a) <= 1: return a
    m = len(a) // 2
    l = merge_sort(a[:m]); r = merge_sort(a[m:])
    out = []; i = j = 0
    while i < len(l) and j < len(r):
        if l[i] <= r[j]:
            out.append(l[i]); i += 1
        else:
            out.append(r[j]); j += 1
    return out + l[i:] + r[j:]
def quick(a):
    if len(a) < 2: return a
    p = a[0]
    return quick([x for x in a[1:] if x < p]) + [p] + quick([x for x in a[1:] if x >= p])
def perms(s):
    if len(s) <= 1: return [s]
    return [s[i] + p for i in range(len(s)) for p in perms(s[:i] + s[i + 1:])]
data = [(i * 7919) % 10007 for i in range(6000)]
print(merge_sort(data)[:3], quick(data)[-3:], len(perms("abcdefg")))
rot = list(range(500))
for i in range(2000):
    rot = rot[3:] + rot[:3]
print(rot[:5])
