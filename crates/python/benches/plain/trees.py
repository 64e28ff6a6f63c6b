class Node:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None
class Tree:
    def __init__(self):
        self.root = None
        self.size = 0
    def insert(self, key):
        if self.root is None:
            self.root = Node(key)
        else:
            self._insert(self.root, key)
        self.size += 1
    def _insert(self, node, key):
        if key < node.key:
            if node.left is None: node.left = Node(key)
            else: self._insert(node.left, key)
        else:
            if node.right is None: node.right = Node(key)
            else: self._insert(node.right, key)
    def inorder(self, node, out):
        if node:
            self.inorder(node.left, out)
            out.append(node.key)
            self.inorder(node.right, out)
class Vec:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x; self.y = y
    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)
    def __eq__(self, o):
        return self.x == o.x and self.y == o.y
    def __lt__(self, o):
        return (self.x, self.y) < (o.x, o.y)
t = Tree()
for i in range(5000):
    t.insert(i * 7919 % 10007)
out = []
t.inorder(t.root, out)
v = Vec(0, 0)
for i in range(15000):
    v = v + Vec(i, -i)
    if v == Vec(3, 3): print("never")
vs = sorted(Vec(i * 37 % 101, i) for i in range(1500))
class LL:
    def __init__(self): self.head = None
    def push(self, v): self.head = (v, self.head)
    def __iter__(self):
        n = self.head
        while n is not None:
            yield n[0]
            n = n[1]
l = LL()
for i in range(10000): l.push(i)
print(out[:5], v.x, vs[0].x, sum(l))
