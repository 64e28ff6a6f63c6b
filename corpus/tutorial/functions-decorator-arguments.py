def repeat(times):
    def decorate(f):
        def wrapper(text):
            return [f(text) for _ in range(times)]
        return wrapper
    return decorate

@repeat(3)
def hello(name):
    return "hi " + name

print(hello("bo"))
