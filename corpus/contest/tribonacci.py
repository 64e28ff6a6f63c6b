n = int(input())
a = [0, 0, 1]
while len(a) < n:
    a.append((a[-1] + a[-2] + a[-3]) % 10007)
print(a[n - 1])
