class Base:
    def __init__(self, x):
        self.x = x

    def show(self):
        return f"x={self.x}"

class Derived(Base):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def show(self):
        return super().show() + f" y={self.y}"

print(Derived(1, 2).show())
