for key in "a", "b":
    try:
        value = {"a": 1}[key]
    except KeyError:
        print("no", key)
    else:
        print("yes", value)
