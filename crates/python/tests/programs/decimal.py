from decimal import Decimal, getcontext, localcontext, InvalidOperation, ROUND_HALF_UP, ROUND_FLOOR

price = Decimal('19.99')
total = price * 3 + Decimal('0.1')
print(total, total.quantize(Decimal('1'), rounding=ROUND_HALF_UP), round(total, 1), int(total))
for text in ('2.675', '-0.5', '1E+3', '0.000001', '1e-7', '123456789.123456789'):
    x = Decimal(text)
    print(x, repr(x), x.normalize(), x.to_integral_value(), x.as_tuple(), f'{x:.2f} {x:,} {x:e}', hash(x) == hash(float(x)))
print(Decimal(1) / 7, Decimal(2).sqrt(), Decimal(7) // 2, Decimal(-7) % 3, divmod(Decimal(17), 5), Decimal(2) ** 100)
with localcontext():
    getcontext().prec = 5
    getcontext().rounding = ROUND_FLOOR
    print(Decimal(2) / 3, Decimal(-2) / 3)
print(getcontext().prec, Decimal(1) / 3 * 3 == 1, Decimal('0.5') == 0.5, max(Decimal(1), Decimal('1.5')))
for attempt in (lambda: Decimal('abc'), lambda: Decimal(1) / 0, lambda: Decimal(0) / 0, lambda: Decimal(1) + 0.5,
                lambda: Decimal('1e30').quantize(Decimal('0.01')), lambda: Decimal([1])):
    try:
        attempt()
    except Exception as e:
        print(type(e).__name__, e)
