h, w = map(int, input().split())
s = [[0] * (w + 1)]
for i in range(h):
    row = list(map(int, input().split()))
    line = [0]
    for j in range(w):
        line.append(line[j] + s[i][j + 1] - s[i][j] + row[j])
    s.append(line)
a, b, c, d = map(int, input().split())
print(s[c][d] - s[a][d] - s[c][b] + s[a][b])
