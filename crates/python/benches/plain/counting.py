text = "the quick brown fox jumps over the lazy dog and runs away from the angry bear " * 600
counts = {}
for word in text.split():
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
letters = {}
for c in text:
    letters[c] = letters.get(c, 0) + 1
pairs = {}
for i in range(60000):
    key = (i % 50, i % 7)
    pairs[key] = pairs.get(key, 0) + i
seen = set()
for i in range(60000):
    seen.add(i * i % 1009)
print(sorted(counts.items())[:3], max(letters, key=letters.get), len(pairs), len(seen))
