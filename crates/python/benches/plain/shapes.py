class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        return 0

    def __lt__(self, other):
        return self.area() < other.area()


class Rectangle(Shape):
    def __init__(self, width, height):
        super().__init__("rectangle")
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height

    @property
    def perimeter(self):
        return 2 * (self.width + self.height)

    def __eq__(self, other):
        return self.width == other.width and self.height == other.height


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side)

    @classmethod
    def unit(cls):
        return cls(1)


class Node:
    def __init__(self, value):
        self.value = value
        self.next = None


shapes = []
for i in range(6000):
    shapes.append(Square(i % 31) if i % 2 else Rectangle(i % 17, i % 23))
total = 0
for shape in shapes:
    total += shape.area() + shape.perimeter
for a, b in zip(shapes, shapes[1:]):
    if a < b:
        total += 1
    if a == b:
        total -= 1
head = None
for i in range(20000):
    node = Node(i)
    node.next = head
    head = node
while head is not None:
    total += head.value
    head = head.next
print(total, Shape.count, Square.unit().area())
