class MinStack:
    def __init__(self):
        self.items = []

    def push(self, x):
        low = min(x, self.items[-1][1]) if self.items else x
        self.items.append((x, low))

    def pop(self):
        return self.items.pop()[0]

    @property
    def minimum(self):
        return self.items[-1][1]

stack = MinStack()
for token in input().split():
    if token == "pop":
        stack.pop()
    else:
        stack.push(int(token))
    print(stack.minimum)
