n = int(input())
xs, ys = zip(*[map(int, input().split()) for _ in range(n)])
mx = sorted(xs)[n // 2]
my = sorted(ys)[n // 2]
total = sum(abs(x - mx) for x in xs) + sum(abs(y - my) for y in ys)
print(mx, my, total)
