import itertools
print(list(itertools.chain("ab", [1, 2])))
print(list(itertools.islice(itertools.count(5), 3)))
print(list(itertools.zip_longest("ab", "x", fillvalue="-")))
print(["".join(p) for p in itertools.permutations("abc", 2)])
