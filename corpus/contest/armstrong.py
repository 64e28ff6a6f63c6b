low, high = map(int, input().split())
for n in range(low, high):
    s = str(n)
    if sum(int(d) ** len(s) for d in s) == n:
        print(n)
