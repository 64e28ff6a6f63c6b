values = [3, 8, 12]
if (n := len(values)) > 2:
    print(f"{n} values")
while (last := values.pop()) > 5:
    print(last)
