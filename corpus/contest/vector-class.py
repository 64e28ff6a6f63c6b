class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __eq__(self, o):
        return (self.x, self.y) == (o.x, o.y)

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

a = Vector(*map(int, input().split()))
b = Vector(*map(int, input().split()))
print(a + 2 * b, a == b, a * 3)
