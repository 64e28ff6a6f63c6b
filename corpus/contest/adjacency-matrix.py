n = int(input())
matrix = [[0] * n for _ in range(n)]
for _ in range(n):
    u, k, *edges = map(int, input().split())
    for v in edges:
        matrix[u - 1][v - 1] = 1
for row in matrix:
    print(*row)
