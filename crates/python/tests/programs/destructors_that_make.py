n = 0
class A:
    def __del__(self):
        global n
        n += 1
        if n < 3:
            A()
A()
print("x", n)
