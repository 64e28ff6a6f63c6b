def memoize(f):
    table = {}
    def wrapper(n):
        if n not in table:
            table[n] = f(n)
        return table[n]
    return wrapper

@memoize
def paths(n):
    return 1 if n < 2 else paths(n - 1) + paths(n - 2)

print(paths(int(input())))
