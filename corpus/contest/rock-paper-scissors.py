beats = {"R": "S", "S": "P", "P": "R"}
score = [0, 0]
for _ in range(int(input())):
    a, b = input().split()
    if beats[a] == b:
        score[0] += 1
    elif beats[b] == a:
        score[1] += 1
print(*score, sep="-")
