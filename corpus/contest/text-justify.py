words = input().split()
width = int(input())
line = []
for w in words + [None]:
    if w is None or len(" ".join(line + [w])) > width:
        print("|" + " ".join(line).ljust(width) + "|")
        line = []
    line.append(w)
