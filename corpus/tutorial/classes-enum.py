from enum import Enum

class Color(Enum):
    RED = "r"
    BLUE = "b"

print(Color.RED, Color("b").name, Color["RED"].value)
for c in Color:
    print(c.name)
