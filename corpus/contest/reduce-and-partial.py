from functools import reduce, partial

def scale(k, x):
    return k * x

values = list(map(int, input().split()))
double = partial(scale, 2)
print(reduce(lambda a, b: a * b, values), list(map(double, values)))
