def twice(f):
    def wrapper(*args):
        return f(f(*args))
    return wrapper

@twice
def bump(n):
    return n + 10

print(bump(1))
