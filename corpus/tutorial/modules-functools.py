from functools import reduce, lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(6))
print(reduce(lambda a, b: a * b, range(1, 6)))
