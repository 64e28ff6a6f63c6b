scores = list(map(int, input().split()))
order = sorted(set(scores), reverse=True)
rank = {s: i + 1 for i, s in enumerate(order)}
print([rank[s] for s in scores])
