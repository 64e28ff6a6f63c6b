numbers = [1, 2, 3, 4]
doubled = list(map(lambda n: n * 2, numbers))
even = list(filter(lambda n: n % 2 == 0, numbers))
print(doubled, even)
