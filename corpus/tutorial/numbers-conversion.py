text = "42"
n = int(text)
x = float(text)
print(n + 1, x / 4)
print(int(3.99), int(-3.99))
print(str(n) + "!")
