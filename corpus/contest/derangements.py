n = int(input())
d = [1, 0]
for i in range(2, n + 1):
    d.append((i - 1) * (d[-1] + d[-2]))
print(d[n])
