n = int(input())
flags = [True] * (n + 1)
flags[0:2] = [False, False]
for p in range(2, int(n ** 0.5) + 1):
    if flags[p]:
        flags[p * p::p] = [False] * len(flags[p * p::p])
print([i for i, f in enumerate(flags) if f])
