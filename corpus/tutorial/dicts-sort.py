prices = {"tea": 3, "cake": 5, "jam": 4}
by_price = sorted(prices.items(), key=lambda kv: kv[1], reverse=True)
print(by_price)
print(dict(sorted(prices.items())))
