class Once(type):
    made = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args, **kwargs)
        return cls.made[cls]


class Settings(metaclass=Once):
    def __init__(self, name='default'):
        self.name = name


a, b = Settings('first'), Settings('second')
print(a is b, b.name)


class Guarded:
    def __init__(self):
        self.x = 1

    def __getattribute__(self, name):
        if name == 'z':
            return 26
        return object.__getattribute__(self, name)


g = Guarded()
try:
    print(g.z, g.x)
    g.y
except AttributeError as e:
    print(e)
match a.name:
    case 'first':
        z: int = 3
print(__annotations__)


class Bag(set):
    pass


bag = Bag([1, 2, 3])
bag -= {2}
print(type(bag).__name__, sorted(bag))


class Three:
    def __index__(self):
        return 3


print('ab' * Three(), 0.0 ** -float('-inf'), complex(0, -0.0))
for f in (lambda: 'a' * bag, lambda: [1] * 'x', lambda: 5 // 2j, lambda: sorted([1], reverse='x')):
    try:
        f()
    except TypeError as e:
        print(e)
text = 'abc'
try:
    del text[1:]
except TypeError as e:
    print(e)
