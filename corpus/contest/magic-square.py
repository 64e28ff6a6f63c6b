n = int(input())
m = [list(map(int, input().split())) for _ in range(n)]
target = sum(m[0])
rows = all(sum(r) == target for r in m)
columns = all(sum(c) == target for c in zip(*m))
diagonals = sum(m[i][i] for i in range(n)) == sum(m[i][-1 - i] for i in range(n)) == target
print(rows, columns, diagonals)
