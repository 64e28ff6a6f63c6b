class Money:
    def __init__(self, amount):
        self.amount = amount

    def __repr__(self):
        return f"Money({self.amount})"

    def __str__(self):
        return f"${self.amount:.2f}"

m = Money(3.5)
print(m, repr(m), [m])
