class Polynomial:
    def __init__(self, *coefficients):
        self.c = coefficients

    def __call__(self, x):
        total = 0
        for k in reversed(self.c):
            total = total * x + k
        return total

    def __add__(self, other):
        n = max(len(self.c), len(other.c))
        a = self.c + (0,) * (n - len(self.c))
        b = other.c + (0,) * (n - len(other.c))
        return Polynomial(*[x + y for x, y in zip(a, b)])

p = Polynomial(*map(int, input().split()))
q = p + Polynomial(1, 1)
print(p(2), q(2), q.c)
