def match(p, s):
    if not p:
        return not s
    if p[0] == "*":
        return match(p[1:], s) or bool(s) and match(p, s[1:])
    return bool(s) and p[0] in (s[0], "?") and match(p[1:], s[1:])

pattern = input()
for s in input().split():
    print(s, match(pattern, s))
