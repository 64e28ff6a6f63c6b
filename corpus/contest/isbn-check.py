s = input().replace("-", "")
total = 0
for i, c in enumerate(s):
    v = 10 if c == "X" else int(c)
    total += (10 - i) * v
print("valid" if total % 11 == 0 else "invalid", total)
