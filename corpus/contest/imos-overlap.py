n, t = map(int, input().split())
events = [0] * (t + 1)
for _ in range(n):
    l, r = map(int, input().split())
    events[l] += 1
    events[r] -= 1
people = peak = 0
for e in events:
    people += e
    peak = max(peak, people)
print(peak)
