class InsufficientFunds(Exception):
    pass

class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def deposit(self, amount):
        self.balance += amount

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(f"{self.owner} has only {self.balance}")
        self.balance -= amount

account = Account("kim")
for _ in range(int(input())):
    action, amount = input().split()
    try:
        getattr(account, action)(int(amount))
        print(account.balance)
    except InsufficientFunds as error:
        print("error:", error)
