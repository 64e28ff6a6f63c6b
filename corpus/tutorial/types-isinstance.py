for value in 1, 1.0, "1", True, None, [1]:
    print(type(value).__name__, isinstance(value, int))
