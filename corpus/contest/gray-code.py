n = int(input())
for i in range(2 ** n):
    print(format(i ^ i >> 1, f"0{n}b"))
