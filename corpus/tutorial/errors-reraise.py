def careful():
    try:
        int("seven")
    except ValueError:
        print("noted")
        raise

try:
    careful()
except ValueError as error:
    print(repr(error))
