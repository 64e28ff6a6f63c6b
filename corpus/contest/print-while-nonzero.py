case = 1
while True:
    x = int(input())
    if x == 0:
        break
    print(f"Case {case}: {x}")
    case += 1
