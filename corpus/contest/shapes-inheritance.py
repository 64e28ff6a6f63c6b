class Shape:
    def area(self):
        raise NotImplementedError

    def describe(self):
        return f"{type(self).__name__} {self.area():.1f}"

class Rectangle(Shape):
    def __init__(self, w, h):
        self.w, self.h = w, h

    def area(self):
        return self.w * self.h

class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side)

kinds = {"rect": Rectangle, "square": Square}
for _ in range(int(input())):
    kind, *sizes = input().split()
    print(kinds[kind](*map(float, sizes)).describe())
