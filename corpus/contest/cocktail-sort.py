a = list(map(int, input().split()))
swapped = True
while swapped:
    swapped = False
    for span in (range(len(a) - 1), range(len(a) - 2, -1, -1)):
        for i in span:
            if a[i] > a[i + 1]:
                a[i], a[i + 1] = a[i + 1], a[i]
                swapped = True
print(a)
