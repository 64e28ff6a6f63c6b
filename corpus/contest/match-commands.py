x = 0
for _ in range(int(input())):
    match input().split():
        case ["add", n]:
            x += int(n)
        case ["mul", n] if int(n) != 0:
            x *= int(n)
        case ["reset"]:
            x = 0
        case [name, *rest]:
            print("unknown", name, rest)
    print(x)
