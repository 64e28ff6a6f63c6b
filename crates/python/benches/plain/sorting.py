seed = 12345
items = []
for i in range(40000):
    seed = (seed * 1103515245 + 12345) % 2147483648
    items.append((seed % 1000, str(seed % 977), seed))
by_name = sorted(items, key=lambda item: (item[1], -item[0]))
by_value = sorted(items, key=lambda item: item[2], reverse=True)
items.sort()
values = [v for _, _, v in items]


def bubble(a):
    n = len(a)
    for i in range(n):
        for j in range(n - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return a


print(by_name[0], by_value[0], items[0], bubble(values[:500])[:2])
