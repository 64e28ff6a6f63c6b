amount = int(input())
change = {}
for coin in 500, 100, 50, 10, 5, 1:
    n, amount = divmod(amount, coin)
    if n:
        change[coin] = n
print(change, sum(change.values()))
