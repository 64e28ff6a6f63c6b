r, m = 0, 1
for _ in range(int(input())):
    a, n = map(int, input().split())
    while r % n != a:
        r += m
    m *= n
print(r, m)
