from collections import namedtuple
Point = namedtuple("Point", "name x y")
points = []
for _ in range(int(input())):
    name, x, y = input().split()
    points.append(Point(name, int(x), int(y)))
far = max(points, key=lambda p: p.x ** 2 + p.y ** 2)
print(far, far._replace(x=0))
