rows = [("yes", 12), ("no", 7), ("maybe", 1)]
total = sum(n for _, n in rows)
for name, n in rows:
    print("%-6s|%3d|%6.1f%%" % (name, n, 100 * n / total))
