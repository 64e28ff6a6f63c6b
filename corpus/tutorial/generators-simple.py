def every_other(items):
    for k in range(0, len(items), 2):
        yield items[k]

for letter in every_other("planet"):
    print(letter)
