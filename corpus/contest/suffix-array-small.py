s = input()
order = sorted(range(len(s)), key=lambda i: s[i:])
for i in order:
    print(i, s[i:])
