class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest

    def __repr__(self):
        return f"{self.value}->{self.rest}"

head = None
for x in input().split():
    head = Node(x, head)
print(head)
back = None
while head:
    head.rest, back, head = back, head, head.rest
print(back)
