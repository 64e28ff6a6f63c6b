scores = [67, 92, 81]
print(min(scores), max(scores), sum(scores))
mean = sum(scores) / len(scores)
print(mean)
above = [s for s in scores if s > mean]
print(above)
