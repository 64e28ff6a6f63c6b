pairs = {")": "(", "]": "[", "}": "{"}
stack = []
ok = True
for ch in input():
    if ch in "([{":
        stack.append(ch)
    elif not stack or stack.pop() != pairs[ch]:
        ok = False
        break
print("balanced" if ok and not stack else "broken")
