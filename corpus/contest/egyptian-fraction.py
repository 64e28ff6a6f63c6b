from fractions import Fraction
n, d = map(int, input().split("/"))
left = Fraction(n, d)
parts = []
while left:
    k = -(-left.denominator // left.numerator)
    parts.append(f"1/{k}")
    left -= Fraction(1, k)
print(" + ".join(parts))
