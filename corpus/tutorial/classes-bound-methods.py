class Meter:
    def __init__(self):
        self.total = 0

    def tick(self, n):
        self.total += n

    def double_tick(self, n):
        self.tick(n)
        self.tick(n)

m = Meter()
go = m.double_tick
go(7)
print(m.total)
