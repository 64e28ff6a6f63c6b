print(sum(k * 3 for k in range(4)))
price, count = [2, 5], [10, 4]
print(max(p * c for p, c in zip(price, count)))
letters = set(ch for word in ["on", "no", "one"] for ch in word)
print(sorted(letters))
