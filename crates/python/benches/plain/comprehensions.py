total = 0
for round in range(40):
    squares = [x * x for x in range(2000)]
    evens = [x for x in squares if x % 2 == 0]
    table = {x: x + 1 for x in range(500)}
    unique = {x % 17 for x in squares}
    pairs = [(a, b) for a in range(40) for b in range(40) if a < b]
    total += sum(evens) + len(table) + len(unique) + len(pairs) + sum(x for x in squares) + sum(a * b for a, b in pairs)
    matrix = [[i * j for j in range(40)] for i in range(40)]
    flipped = list(zip(*matrix))
    total += sum(map(sum, flipped)) + any(x > 5000 for x in squares)
print(total)
