h, m = map(int, input().split(":"))
angle = abs((h % 12) * 30 + m * 0.5 - m * 6)
print(min(angle, 360 - angle))
