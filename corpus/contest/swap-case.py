text = input()
out = []
for ch in text:
    if ch.isupper():
        out.append(ch.lower())
    else:
        out.append(ch.upper())
print("".join(out))
