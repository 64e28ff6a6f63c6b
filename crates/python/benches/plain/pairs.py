names = ["n%d" % (i % 50) for i in range(3000)]
weights = [(i * 37) % 101 for i in range(3000)]
table = {}
total = 0
for round in range(12):
    for i, name in enumerate(names):
        if i % 3 == 0:
            table[name] = table.get(name, 0) + i
    for name, weight in zip(names, weights):
        if weight > 50:
            table[name] += weight
    for name, count in table.items():
        total += count
    edges = [(a, b) for a, b in zip(weights, weights[1:])]
    for a, b in edges:
        if a < b:
            total += b - a
    total += sum(x * y for x, y in zip(weights, reversed(weights)))
    total += max(i - w for i, w in enumerate(weights))
print(len(table), total)
