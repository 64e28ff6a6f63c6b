n = int(input())
children = [[] for _ in range(n)]
for v, p in enumerate(map(int, input().split()), 1):
    children[p].append(v)
tour = []

def visit(v):
    tour.append(v)
    for c in children[v]:
        visit(c)
        tour.append(v)

visit(0)
print(tour)
