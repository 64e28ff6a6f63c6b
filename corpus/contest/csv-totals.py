header = input().split(",")
totals = {}
for _ in range(int(input())):
    row = dict(zip(header, input().split(",")))
    totals[row["shop"]] = totals.get(row["shop"], 0) + float(row["price"]) * int(row["count"])
for shop in sorted(totals):
    print(f"{shop}: {totals[shop]:.2f}")
