from decimal import Decimal
total = Decimal("0")
for price in input().split():
    total += Decimal(price)
tax = (total * Decimal("0.08")).quantize(Decimal("0.01"))
print(total, tax, total + tax)
