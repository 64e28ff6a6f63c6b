class Watched(type):
    def __getattribute__(cls, name):
        if not name.startswith("__"):
            print("look up", name)
        return super().__getattribute__(name)

    def __getattr__(cls, name):
        print("made up", name)
        return "no " + name

    def __setattr__(cls, name, value):
        print("set", name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        print("delete", name)
        super().__delattr__(name)


class Shop(metaclass=Watched):
    goods = 3

    def count(self):
        return self.goods


print(Shop.goods)
print(Shop.prices)
Shop.prices = [1, 2]
print(Shop.prices)
del Shop.prices
print(Shop.prices)
print(Shop.count(Shop()))


class Quiet(type):
    def __getattribute__(cls, name):
        if name.startswith("secret"):
            raise AttributeError("hidden: " + name)
        return type.__getattribute__(cls, name)


class Vault(metaclass=Quiet):
    secret_key = 1
    label = "vault"


print(Vault.label)
try:
    Vault.secret_key
except AttributeError as error:
    print(error)
print(hasattr(Vault, "secret_key"), Vault().secret_key)


class Doubled:
    """Sets alone: what it puts into the instance is read from there."""

    def __set_name__(self, owner, name):
        self.name = name

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value * 2


class Box:
    width = Doubled()


box = Box()
print(type(box.width).__name__)
box.width = 4
print(box.width, vars(box))
try:
    del box.width
except AttributeError as error:
    print("not deleted:", error)
