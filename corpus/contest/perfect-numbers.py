def kind(n):
    total = sum(d for d in range(1, n) if n % d == 0)
    if total == n:
        return "perfect"
    return "abundant" if total > n else "deficient"

for n in map(int, input().split()):
    print(n, kind(n))
