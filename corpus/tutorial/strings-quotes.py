a = 'single'
b = "it's"
c = 'say "hi"'
d = """two
lines"""
print(a, b, c)
print(d)
