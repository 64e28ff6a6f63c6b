n, k = map(int, input().split())
a = list(map(int, input().split()))
win = [False] * (k + 1)
for s in range(k + 1):
    win[s] = any(s >= x and not win[s - x] for x in a)
print("First" if win[k] else "Second")
