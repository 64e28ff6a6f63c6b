from collections import Counter
text = input().lower()
counts = Counter(ch for ch in text if ch.isalpha())
for letter in sorted(counts):
    print(letter, ":", counts[letter])
