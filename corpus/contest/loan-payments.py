balance, payment = map(int, input().split())
month = 0
while balance > 0:
    month += 1
    balance += balance // 100
    balance -= min(payment, balance)
    print(month, balance)
