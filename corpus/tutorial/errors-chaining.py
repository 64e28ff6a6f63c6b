def load():
    try:
        return {}["key"]
    except KeyError as error:
        raise RuntimeError("not loaded") from error

try:
    load()
except RuntimeError as error:
    print(error, "because of", repr(error.__cause__))
