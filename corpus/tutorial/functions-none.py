def shout(text):
    print(text.upper())

r = shout("hi")
print(r, r is None)
