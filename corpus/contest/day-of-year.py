days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
y, m, d = map(int, input().split("-"))
if y % 4 == 0 and (y % 100 or y % 400 == 0):
    days[1] = 29
print(sum(days[:m - 1]) + d)
