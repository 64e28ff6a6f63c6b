def leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)

for y in map(int, input().split()):
    print(y, leap(y))
