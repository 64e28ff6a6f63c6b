from collections import Counter
need = Counter(input())
have = Counter(input())
missing = need - have
print(dict(missing), sum((need & have).values()))
