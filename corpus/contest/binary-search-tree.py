class Node:
    def __init__(self, key):
        self.key = key
        self.left = self.right = None

def insert(node, key):
    if node is None:
        return Node(key)
    if key < node.key:
        node.left = insert(node.left, key)
    else:
        node.right = insert(node.right, key)
    return node

def inorder(node):
    if node:
        yield from inorder(node.left)
        yield node.key
        yield from inorder(node.right)

root = None
for key in map(int, input().split()):
    root = insert(root, key)
print(list(inorder(root)))
