def find(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            return i
    return -1

print(find("abc", "b"), find("abc", "z"))
