from enum import Enum

class Light(Enum):
    RED = 1
    GREEN = 2
    YELLOW = 3

    def next(self):
        return Light(self.value % 3 + 1)

light = Light[input()]
for _ in range(4):
    print(light.name, light.value)
    light = light.next()
