n = int(input())
rows = [input() for _ in range(n)]
bad = []
for name, lines in ("row", rows), ("column", list(zip(*rows))):
    for i, line in enumerate(lines):
        digits = [c for c in line if c != "."]
        if len(digits) != len(set(digits)):
            bad.append((name, i))
print(bad or "valid")
