bits, n = map(int, input().split())
code = n & (1 << bits) - 1
print(f"{code:0{bits}b}")
back = code - (1 << bits) if code >> bits - 1 else code
print(back)
