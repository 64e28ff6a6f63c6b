span = []
stack = []
for day, price in enumerate(map(int, input().split())):
    while stack and stack[-1][1] <= price:
        stack.pop()
    span.append(day - (stack[-1][0] if stack else -1))
    stack.append((day, price))
print(span)
