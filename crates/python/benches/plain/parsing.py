lines = ["%d,%s , %d.5;x%d" % (i, "ab" * (i % 4), i % 13, i) for i in range(3000)]
words = {}
total = 0
for line in lines:
    left, right = line.split(";")
    number, text, value = [part.strip() for part in left.split(",")]
    total += int(number) + float(value)
    if text.startswith("ab") and not right.endswith("0"):
        words[text] = words.get(text, 0) + 1
text = " ".join(lines)
letters = {}
for c in text:
    if c.isalpha():
        letters[c] = letters.get(c, 0) + 1
reverse = "".join(reversed(text))
clean = "".join(c for c in text if c not in ",;. ")
palindromes = sum(1 for line in lines if line == line[::-1])
caesar = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in text[:20000])
print(total, words, letters, len(reverse), len(clean), palindromes, caesar[:20])
