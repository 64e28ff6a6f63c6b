h = list(map(int, input().split())) + [0]
stack, best = [], 0
for i, x in enumerate(h):
    start = i
    while stack and stack[-1][1] >= x:
        start, height = stack.pop()
        best = max(best, height * (i - start))
    stack.append((start, x))
print(best)
