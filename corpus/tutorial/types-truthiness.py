for value in 0, 1, "", "a", [], [0], {}, None, 0.0:
    if value:
        print(repr(value), "is true")
    else:
        print(repr(value), "is false")
