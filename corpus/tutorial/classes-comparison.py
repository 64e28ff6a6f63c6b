from functools import total_ordering

@total_ordering
class Version:
    def __init__(self, text):
        self.parts = [int(p) for p in text.split(".")]

    def __eq__(self, o):
        return self.parts == o.parts

    def __lt__(self, o):
        return self.parts < o.parts

a, b = Version("1.9"), Version("1.10")
print(a < b, a >= b, max(a, b).parts)
