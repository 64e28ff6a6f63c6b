h, w = map(int, input().split())
for i in range(h):
    row = ""
    for j in range(w):
        row += "#" if (i + j) % 2 == 0 else "."
    print(row)
