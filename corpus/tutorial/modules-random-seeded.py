import random
random.seed(7)
a = random.randrange(10)
b = random.choice(["x", "y", "z"])
print(a, b)
print(random.sample(range(20), 3))
