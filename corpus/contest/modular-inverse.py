a, m = map(int, input().split())
try:
    print(pow(a, -1, m))
except ValueError as error:
    print("none:", error)
