from itertools import groupby
for key, group in groupby(input().split(), key=len):
    print(key, list(group))
