for i in reversed(range(2, 9, 3)):
    print(i)
for name in sorted(set(["zoe", "ali", "zoe"])):
    print(name)
