for i in range(1, 4):
    line = ""
    for j in range(1, i + 1):
        line += str(i * j) + " "
    print(line)
