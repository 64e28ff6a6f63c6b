rolls = list(map(int, input().split()))
score = i = 0
for frame in range(1, 4):
    if rolls[i] == 10:
        score += 10 + rolls[i + 1] + rolls[i + 2]
        i += 1
    elif rolls[i] + rolls[i + 1] == 10:
        score += 10 + rolls[i + 2]
        i += 2
    else:
        score += rolls[i] + rolls[i + 1]
        i += 2
    print(frame, score)
