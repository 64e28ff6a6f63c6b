def greet(name: str, mark: str = "!") -> str:
    return "hello " + name + mark

print(greet("ola"))
print(greet.__annotations__["return"].__name__)
