r, c = map(int, input().split())
totals = [0] * (c + 1)
for _ in range(r):
    row = list(map(int, input().split()))
    row.append(sum(row))
    print(*row)
    totals = [t + v for t, v in zip(totals, row)]
print(*totals)
