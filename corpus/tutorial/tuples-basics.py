t = 2024, "may", 31
print(t[1], t)
u = t, (1, 2)
print(u, len(u))
year, month, day = t
print(day, month)
