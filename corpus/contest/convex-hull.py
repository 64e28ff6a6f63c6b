n = int(input())
points = sorted(tuple(map(int, input().split())) for _ in range(n))

def half(points):
    hull = []
    for p in points:
        while len(hull) > 1:
            (ax, ay), (bx, by) = hull[-2:]
            if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                break
            hull.pop()
        hull.append(p)
    return hull[:-1]

print(half(points) + half(points[::-1]))
