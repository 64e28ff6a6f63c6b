rank = {"+": 1, "-": 1, "*": 2, "/": 2}
out, stack = [], []
for token in input().split():
    if token == "(":
        stack.append(token)
    elif token == ")":
        while stack[-1] != "(":
            out.append(stack.pop())
        stack.pop()
    elif token in rank:
        while stack and rank.get(stack[-1], 0) >= rank[token]:
            out.append(stack.pop())
        stack.append(token)
    else:
        out.append(token)
print(*out, *reversed(stack))
