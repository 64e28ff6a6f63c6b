class Animal:
    def __init__(self, name):
        self.name = name

    def speak(self):
        return "..."

class Cat(Animal):
    def speak(self):
        return "meow"

for a in Animal("it"), Cat("tom"):
    print(a.name, a.speak(), isinstance(a, Cat))
print(issubclass(Cat, Animal))
