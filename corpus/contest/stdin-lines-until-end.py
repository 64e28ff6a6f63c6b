import sys
total = 0
for number, line in enumerate(sys.stdin, 1):
    line = line.strip()
    if not line:
        continue
    total += len(line.split())
    print(number, total)
