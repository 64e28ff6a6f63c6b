n, d = map(int, input().split())
whole, r = divmod(n, d)
digits, seen = [], {}
while r and r not in seen:
    seen[r] = len(digits)
    q, r = divmod(r * 10, d)
    digits.append(str(q))
text = "".join(digits)
if r:
    k = seen[r]
    text = f"{text[:k]}({text[k:]})"
print(f"{whole}.{text}")
