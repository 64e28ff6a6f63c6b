class Box:
    pass

box = Box()
box.size = 3
try:
    print(box.size)
    print(box.colour)
except AttributeError as error:
    print(error)
