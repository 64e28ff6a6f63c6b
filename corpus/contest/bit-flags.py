n = int(input())
flags = 0
for _ in range(n):
    name, *args = input().split()
    bit = 1 << int(args[0])
    if name == "set":
        flags |= bit
    elif name == "clear":
        flags &= ~bit
    elif name == "flip":
        flags ^= bit
    else:
        print(int(bool(flags & bit)))
print(bin(flags))
