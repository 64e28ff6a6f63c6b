width = int(input())
for line in range(int(input())):
    name, price = input().split()
    print(f"{name:.<{width}}{float(price):>8,.2f}")
