import copy


class Base:
    pass


class Child(Base):
    def __init__(self, value):
        super().__init__(value)


class Plain:
    pass


class Made:
    def __new__(cls, value):
        return object.__new__(Other)

    def __init__(self, value):
        self.value = value


class Other(Made):
    def __init__(self, value):
        self.other = value


class Only:
    def __set__(self, instance, value):
        instance.__dict__["field"] = value * 2


class Holder:
    field = Only()


class Block:
    __contains__ = None

    def __iter__(self):
        yield 1


class Callee:
    def __call__(self, *arguments):
        return arguments


class Wrapped:
    callee = classmethod(Callee())


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Power(int):
    def __pow__(self, other, modulus=None):
        return ("power", modulus)


class Reducing:
    def __init__(self, value):
        self.value = value

    def __reduce_ex__(self, protocol):
        return Reducing, (self.value + protocol,)

    def method(self):
        return self.value


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except TypeError as error:
        return str(error)


print(attempt(Child, 1))
print(attempt(object.__init__, Plain(), 1))
print(attempt(object.__new__))
made = Made(3)
print(made.other, hasattr(made, "value"))
holder = Holder()
holder.field = 4
print(holder.field)
print(attempt(lambda: 1 in Block()))
print(Wrapped.callee(5) == (Wrapped, 5))
print([10, 20][Index(1)], attempt(lambda: [10][Index(None)]), attempt(lambda: [10]["a"]))
print(pow(Power(2), 3, 5))
print(copy.copy(Reducing(1)).value, copy.deepcopy(Reducing(1)).value)
print(copy.deepcopy(Reducing(7).method)())
