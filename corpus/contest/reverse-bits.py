n = int(input())
out = 0
for _ in range(8):
    out = out << 1 | n & 1
    n >>= 1
print(out, bin(out))
