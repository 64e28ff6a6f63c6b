spots, n = map(int, input().split())
lot = [None] * spots
for _ in range(n):
    action, car = input().split()
    if action == "in":
        if None in lot:
            i = lot.index(None)
            lot[i] = car
            print(car, "->", i)
        else:
            print(car, "full")
    else:
        lot[lot.index(car)] = None
print(lot)
