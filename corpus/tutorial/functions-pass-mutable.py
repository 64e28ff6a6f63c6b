def change(items, number):
    items.append(number)
    number += 1

a, n = [], 1
change(a, n)
print(a, n)
