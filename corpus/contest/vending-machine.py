stock = {}
for _ in range(int(input())):
    name, price, count = input().split()
    stock[name] = [int(price), int(count)]
for _ in range(int(input())):
    name, paid = input().split()
    price, count = stock.get(name, (0, 0))
    if not count:
        print(name, "sold out")
    elif int(paid) < price:
        print(name, "needs", price - int(paid), "more")
    else:
        stock[name][1] -= 1
        print(name, "change", int(paid) - price)
