tall = {len(w) for w in "an ant and an eagle".split()}
print(sorted(tall))
squares = {n * n for n in (-2, -1, 1, 2)}
print(squares)
