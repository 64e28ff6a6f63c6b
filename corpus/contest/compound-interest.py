principal, rate, years = input().split()
balance = float(principal)
for year in range(1, int(years) + 1):
    balance *= 1 + float(rate) / 100
    print(year, round(balance, 2))
