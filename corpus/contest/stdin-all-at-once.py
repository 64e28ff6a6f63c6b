import sys
data = sys.stdin.read().split()
n, rest = int(data[0]), data[1:]
pairs = [(rest[2 * i], int(rest[2 * i + 1])) for i in range(n)]
print(sorted(pairs, key=lambda p: p[1])[0][0])
