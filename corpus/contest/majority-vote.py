candidate, count = None, 0
votes = input().split()
for v in votes:
    if count == 0:
        candidate = v
    count += 1 if v == candidate else -1
print(candidate, votes.count(candidate) * 2 > len(votes))
