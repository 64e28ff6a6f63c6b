text = input()
kept = [c for c in text if c.lower() not in "aeiou"]
print("".join(kept))
print(len(text) - len(kept))
