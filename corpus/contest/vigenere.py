key = input()
text = input()
out = []
for i, ch in enumerate(text):
    k = ord(key[i % len(key)]) - 65
    out.append(chr((ord(ch) - 65 + k) % 26 + 65))
print("".join(out))
