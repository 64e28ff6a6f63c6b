def power(base, exponent=2):
    return base ** exponent

print(power(3))
print(power(2, 5))
print(power(exponent=3, base=2))
