for _ in range(int(input())):
    x = 0
    for pile in map(int, input().split()):
        x ^= pile
    print("first" if x else "second", x)
