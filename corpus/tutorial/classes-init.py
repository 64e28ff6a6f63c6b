class Size:
    def __init__(self, width, height):
        self.w = width
        self.h = height

s = Size(3.0, -4.5)
print(s.w, s.h)
