board = [input() for _ in range(3)]
lines = board + ["".join(c) for c in zip(*board)]
lines.append("".join(board[i][i] for i in range(3)))
lines.append("".join(board[i][2 - i] for i in range(3)))
for player in "XO":
    if player * 3 in lines:
        print(player, "wins")
        break
else:
    print("draw")
