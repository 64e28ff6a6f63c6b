n = int(input())
factors = []
d = 2
m = n
while d * d <= m:
    while m % d == 0:
        factors.append(d)
        m //= d
    d += 1
if m > 1:
    factors.append(m)
print(f"{n}:", *factors)
