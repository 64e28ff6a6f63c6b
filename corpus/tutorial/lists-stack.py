stack = []
for page in "home", "news", "sport":
    stack.append(page)
print(stack.pop())
print(stack[-1], len(stack))
