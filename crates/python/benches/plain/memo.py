from functools import lru_cache


@lru_cache(maxsize=None)
def paths(row, column):
    if row == 0 or column == 0:
        return 1
    return (paths(row - 1, column) + paths(row, column - 1)) % 1000007


def edit_distance(a, b):
    memo = {}

    def distance(i, j):
        if i == len(a) or j == len(b):
            return len(a) - i + len(b) - j
        if (i, j) not in memo:
            if a[i] == b[j]:
                memo[(i, j)] = distance(i + 1, j + 1)
            else:
                memo[(i, j)] = 1 + min(distance(i + 1, j), distance(i, j + 1), distance(i + 1, j + 1))
        return memo[(i, j)]

    return distance(0, 0)


print(paths(100, 100), paths(40, 90))
print(edit_distance("intentionally" * 6, "executionary" * 6))
