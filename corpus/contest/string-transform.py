s = input()
for _ in range(int(input())):
    command, a, b, *rest = input().split()
    a, b = int(a), int(b) + 1
    if command == "print":
        print(s[a:b])
    elif command == "reverse":
        s = s[:a] + s[a:b][::-1] + s[b:]
    else:
        s = s[:a] + rest[0] + s[b:]
