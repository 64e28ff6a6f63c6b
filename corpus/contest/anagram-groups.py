groups = {}
for word in input().split():
    key = "".join(sorted(word))
    groups.setdefault(key, []).append(word)
for key in sorted(groups):
    print(key, groups[key])
