def expression(s):
    value = term(s)
    while s and s[0] in "+-":
        op = s.pop(0)
        v = term(s)
        value = value + v if op == "+" else value - v
    return value

def term(s):
    value = factor(s)
    while s and s[0] in "*/":
        op = s.pop(0)
        v = factor(s)
        value = value * v if op == "*" else value // v
    return value

def factor(s):
    if s[0] == "(":
        s.pop(0)
        value = expression(s)
        s.pop(0)
        return value
    digits = ""
    while s and s[0].isdigit():
        digits += s.pop(0)
    return int(digits)

print(expression(list(input().replace(" ", ""))))
