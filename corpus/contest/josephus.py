n, k = map(int, input().split())
people = list(range(1, n + 1))
i = 0
order = []
while people:
    i = (i + k - 1) % len(people)
    order.append(people.pop(i))
print(*order)
