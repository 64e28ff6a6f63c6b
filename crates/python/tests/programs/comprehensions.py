def fib(n):
    if n<2: return n
    return fib(n-1)+fib(n-2)
print(fib(8))
a,*b,c=range(6)
print(a,b,c)
x=[i*j for i in range(3) for j in range(3) if i!=j]
d={k:v for k,v in zip("abc",range(3))}
s={c for c in "hello world"}
print(x,d,s,sorted(s))
g=(i for i in x)
print(next(g),list(g))
