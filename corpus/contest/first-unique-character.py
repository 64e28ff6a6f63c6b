s = input()
for i, ch in enumerate(s):
    if s.index(ch) == s.rindex(ch):
        print(i, ch)
        break
else:
    print(-1)
