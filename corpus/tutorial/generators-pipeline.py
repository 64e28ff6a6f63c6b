def numbers(text):
    for part in text.split():
        yield int(part)

def only_even(items):
    for n in items:
        if n % 2 == 0:
            yield n

print(list(only_even(numbers("1 2 3 4"))))
