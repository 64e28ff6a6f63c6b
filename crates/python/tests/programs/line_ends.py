text = """one
two"""
print(repr(text))
for word in text.split():
    print(word)
