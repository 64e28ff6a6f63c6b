from collections import OrderedDict


def visit(change):
    letters = OrderedDict(a=1, b=2, c=3)
    seen = []
    try:
        for key in letters:
            seen.append(key)
            change(letters, key)
    except RuntimeError as error:
        print(seen, error)
    else:
        print(seen, letters)


visit(lambda letters, key: letters.move_to_end(key))
visit(lambda letters, key: letters.__setitem__(key, 0))
visit(lambda letters, key: letters.pop(key))
visit(lambda letters, key: letters.pop(key) if key == "c" else None)
visit(lambda letters, key: letters.__setitem__("d", 4))
visit(lambda letters, key: letters.clear())
pairs = OrderedDict(x=1, y=2)
try:
    for key, value in pairs.items():
        del pairs[key]
except RuntimeError as error:
    print(error)
