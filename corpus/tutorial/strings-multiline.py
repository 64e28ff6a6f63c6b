text = """first
second
third"""
lines = text.splitlines()
for number, line in enumerate(lines, start=1):
    print(number, line, len(line))
