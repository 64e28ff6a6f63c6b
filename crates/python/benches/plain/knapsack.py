def best(weights, values, capacity):
    table = [[0] * (capacity + 1) for _ in range(len(weights) + 1)]
    for i in range(1, len(weights) + 1):
        for w in range(capacity + 1):
            table[i][w] = table[i - 1][w]
            if weights[i - 1] <= w:
                table[i][w] = max(table[i][w], table[i - 1][w - weights[i - 1]] + values[i - 1])
    return table[len(weights)][capacity]


weights = [(i * 37) % 41 + 3 for i in range(60)]
values = [(i * 53) % 97 + 1 for i in range(60)]
print(best(weights, values, 5000))
