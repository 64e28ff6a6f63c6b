for x in 0, 5, 10:
    inside = 0 < x < 10
    print(x, inside, 0 <= x <= 10 != x)
