n = 202
print(bin(n), oct(n), hex(n))
back = int("11001010", 2)
print(back == n)
print(int("ff", 16), 0b101, 0o17)
