def get(data, key):
    try:
        return data[key]
    except (KeyError, IndexError) as error:
        return type(error).__name__
    except TypeError:
        return "type"

print(get([1], 5), get({}, "a"), get([1], "x"), get([7], 0))
