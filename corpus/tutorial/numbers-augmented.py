x = 10
x += 5
x *= 2
x -= 4
x //= 3
x **= 2
x %= 7
print(x)
