def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, col)) for col in zip(*b)] for row in a]

n = int(input())
result = [[1, 0], [0, 1]]
m = [[1, 1], [1, 0]]
while n:
    if n % 2:
        result = multiply(result, m)
    m = multiply(m, m)
    n //= 2
print(result[0][1])
