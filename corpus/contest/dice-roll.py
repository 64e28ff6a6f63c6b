top, south, east, west, north, bottom = map(int, input().split())
for turn in input():
    if turn == "N":
        top, north, bottom, south = south, top, north, bottom
    elif turn == "S":
        top, south, bottom, north = north, top, south, bottom
    elif turn == "E":
        top, east, bottom, west = west, top, east, bottom
    else:
        top, west, bottom, east = east, top, west, bottom
print(top)
