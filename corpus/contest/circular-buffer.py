class Ring:
    def __init__(self, size):
        self.data = [None] * size
        self.at = 0

    def add(self, x):
        self.data[self.at % len(self.data)] = x
        self.at += 1

    def __iter__(self):
        n = len(self.data)
        for i in range(max(0, self.at - n), self.at):
            yield self.data[i % n]

ring = Ring(3)
for x in map(int, input().split()):
    ring.add(x)
    print(list(ring))
