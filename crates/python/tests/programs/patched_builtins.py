import builtins, json, types
real = builtins.print
builtins.input = lambda p="": "fake"
print(input("q"))
builtins.newfn = lambda: 42
print(newfn())
def loud(*a, **k): real("loud", *a, **k)
builtins.print = loud
print("hi")
builtins.print = real
print("back")
setattr(builtins, "hexx", lambda x: "sum")
print(hexx(1))
del builtins.newfn
try: newfn()
except NameError as e: print(e)
class Dec(json.JSONDecoder):
    def __init__(self, *a, **k):
        super().__init__(object_hook=self.hook, *a, **k)
    def hook(self, d): return tuple(d.items())
print(json.loads('{"a": [1, {"b": 2}]}', cls=Dec))
class Dog:
    def __init__(self, n): self.n = n
def bark(self, k=1): return f"{self.n} {'woof' * k}"
d = Dog("rex")
d.bark = types.MethodType(bark, d)
print(d.bark(2), d.bark.__self__ is d, d.bark.__func__ is bark)
try: types.MethodType(3, d)
except TypeError as e: print(e)
import asyncio
async def agen():
    yield 1
async def main():
    g = agen()
    print(await anext(g), await anext(g, "default"), await anext(g, None))
asyncio.run(main())
