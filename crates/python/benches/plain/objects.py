class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def scale(self, k):
        self.x *= k
        self.y *= k
        return self


class Account:
    def __init__(self):
        self.balance = 0
        self.log = []

    def deposit(self, amount):
        self.balance += amount
        if amount % 100 == 0:
            self.log.append(amount)

    @property
    def size(self):
        return len(self.log)


total = Vector(0, 0)
step = Vector(1, 2)
s = 0
for i in range(60000):
    total = total + step
    s += total.dot(step)
    step.scale(1)
account = Account()
for i in range(60000):
    account.deposit(i)
print(total.x, total.y, s, account.balance, account.size)
