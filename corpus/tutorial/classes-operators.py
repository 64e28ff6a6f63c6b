class Vec:
    def __init__(self, *v):
        self.v = v

    def __add__(self, o):
        return Vec(*[a + b for a, b in zip(self.v, o.v)])

    def __len__(self):
        return len(self.v)

    def __getitem__(self, i):
        return self.v[i]

    def __eq__(self, o):
        return self.v == o.v

c = Vec(1, 2) + Vec(3, 4)
print(c[0], len(c), list(c), c == Vec(4, 6))
