def average():
    total = count = 0
    value = None
    while True:
        x = yield value
        total += x
        count += 1
        value = total / count

mean = average()
next(mean)
for x in map(float, input().split()):
    print(round(mean.send(x), 3))
