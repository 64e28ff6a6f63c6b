def cross(o, a, b):
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])

a, b, c, p = [tuple(map(int, input().split())) for _ in range(4)]
signs = [cross(a, b, p), cross(b, c, p), cross(c, a, p)]
inside = all(s > 0 for s in signs) or all(s < 0 for s in signs)
print(signs, inside)
