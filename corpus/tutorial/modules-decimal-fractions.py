from decimal import Decimal
from fractions import Fraction
print(Decimal("2.50") * Decimal("1.20"))
print(Decimal("10.25") % Decimal("0.5"))
print(Fraction(3, 4) - Fraction(1, 6))
