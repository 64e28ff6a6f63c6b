def fact(n):
    r = 1
    for i in range(2, n + 1):
        r *= i
    return r
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
print(fact(600) % 1000000007, fib(4000) % 1000000007)
print(sum(int(d) for d in str(fact(400))))
x = 3
m = 2 ** 127 - 1
for i in range(20000):
    x = (x * x + i) % m
print(x)
print(pow(7, 10**50, 10**40 + 7))
n = fact(200)
s = 0
while n:
    n, r = divmod(n, 10)
    s += r
print(s)
