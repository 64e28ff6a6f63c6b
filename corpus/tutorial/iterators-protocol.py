s = "abc"
it = iter(s)
print(next(it), next(it))
print(list(it))
print(next(it, None))
