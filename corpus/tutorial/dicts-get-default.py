stock = {"tea": 3}
print(stock.get("tea"), stock.get("cola"), stock.get("cola", 0))
stock.setdefault("milk", 7)
try:
    stock["beer"]
except KeyError as error:
    print("missing", error)
print(stock)
