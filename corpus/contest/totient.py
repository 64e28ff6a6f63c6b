n = int(input())
phi, m, p = n, n, 2
while p * p <= m:
    if m % p == 0:
        phi -= phi // p
        while m % p == 0:
            m //= p
    p += 1
if m > 1:
    phi -= phi // m
print(phi)
