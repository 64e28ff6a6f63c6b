s = input()[::-1]
words = [w[::-1] for w in ("dream", "dreamer", "erase", "eraser")]
i = 0
ok = True
while ok and i < len(s):
    for w in words:
        if s.startswith(w, i):
            i += len(w)
            break
    else:
        ok = False
print("YES" if ok else "NO")
