a, b = input().split()
carry = 0
out = ""
a, b = a.zfill(len(b)), b.zfill(len(a))
for x, y in zip(reversed(a), reversed(b)):
    s = int(x) + int(y) + carry
    out = str(s % 2) + out
    carry = s // 2
if carry:
    out = "1" + out
print(out)
