n = int(input())
scores = list(map(int, input().split()))
mean = sum(scores) / n
variance = sum((s - mean) ** 2 for s in scores) / n
print(f"{variance ** 0.5:.4f}")
