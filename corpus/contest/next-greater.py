a = list(map(int, input().split()))
answer = [-1] * len(a)
stack = []
for i, x in enumerate(a):
    while stack and a[stack[-1]] < x:
        answer[stack.pop()] = x
    stack.append(i)
print(*answer)
