a = list(map(int, input().split()))
total = sum(a)
bits = 1
for x in a:
    bits |= bits << x
half = total // 2
print(total % 2 == 0 and bool(bits >> half & 1), bin(bits))
