n = int(input())
s = input()
opened = need = 0
for ch in s:
    if ch == "(":
        opened += 1
    elif opened:
        opened -= 1
    else:
        need += 1
print("(" * need + s + ")" * opened)
