n = int(input())
jobs = [tuple(map(int, input().split())) for _ in range(n)]
jobs.sort(key=lambda j: j[1])
last = 0
chosen = []
for start, end in jobs:
    if start >= last:
        chosen.append((start, end))
        last = end
print(len(chosen), chosen)
