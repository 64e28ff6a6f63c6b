def counter(start):
    value = start
    def step(by=1):
        nonlocal value
        value += by
        return value
    return step

a, b = counter(0), counter(10)
for token in input().split():
    print(a() if token == "a" else b(5))
