def minutes(t):
    h, m = t.split(":")
    return int(h) * 60 + int(m)

start, end = input().split()
d = (minutes(end) - minutes(start)) % 1440
print(f"{d // 60}h {d % 60}m")
