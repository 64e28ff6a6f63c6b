stack = []
for token in input().split():
    if token in "+-*":
        b = stack.pop()
        a = stack.pop()
        stack.append(a + b if token == "+" else a - b if token == "-" else a * b)
    else:
        stack.append(int(token))
print(stack[0])
