eggs, floors = map(int, input().split())
moves = 0
reach = [0] * (eggs + 1)
while reach[eggs] < floors:
    moves += 1
    for e in range(eggs, 0, -1):
        reach[e] += reach[e - 1] + 1
print(moves, reach)
