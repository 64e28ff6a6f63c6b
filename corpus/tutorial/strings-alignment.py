for n in 2, 20, 200:
    print(str(n).rjust(4), str(n * n).rjust(7), end=" |")
    print(str(n // 2).ljust(4) + "|")
print("12".zfill(5), "mid".center(9, "*"))
