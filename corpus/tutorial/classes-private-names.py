class Safe:
    def __init__(self, code):
        self.__code = code

    def opens(self, guess):
        return guess == self.__code

s = Safe(1234)
print(s.opens(1), s.opens(1234))
print(hasattr(s, "__code"), list(vars(s)))
