import sys
first = sys.stdin.buffer.readline()
n, m = map(int, first.split())
rest = sys.stdin.buffer.read().split()
values = [int(x) for x in rest]
print(first, n + m, values, rest[0])
