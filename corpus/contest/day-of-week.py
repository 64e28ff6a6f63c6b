def weekday(y, m, d):
    if m < 3:
        y -= 1
        m += 12
    return (d + 13 * (m + 1) // 5 + y + y // 4 - y // 100 + y // 400) % 7

names = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]
y, m, d = map(int, input().split("-"))
print(names[weekday(y, m, d)])
