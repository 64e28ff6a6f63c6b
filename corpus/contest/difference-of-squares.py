n = int(input())
total = sum(range(1, n + 1))
squares = sum(i * i for i in range(1, n + 1))
print(total * total - squares)
