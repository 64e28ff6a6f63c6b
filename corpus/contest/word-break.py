s = input()
words = input().split()
ok = [True] + [False] * len(s)
for end in range(1, len(s) + 1):
    for w in words:
        if s[:end].endswith(w) and ok[end - len(w)]:
            ok[end] = True
            break
print(ok[-1])
