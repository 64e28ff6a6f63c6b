def koch(depth, x1, y1, x2, y2):
    if depth == 0:
        return
    dx, dy = (x2 - x1) / 3, (y2 - y1) / 3
    sx, sy = x1 + dx, y1 + dy
    tx, ty = x2 - dx, y2 - dy
    ux = sx + dx / 2 - dy * 3 ** 0.5 / 2
    uy = sy + dx * 3 ** 0.5 / 2 + dy / 2
    koch(depth - 1, x1, y1, sx, sy)
    print(f"{sx:.3f} {sy:.3f}")
    koch(depth - 1, sx, sy, ux, uy)
    print(f"{ux:.3f} {uy:.3f}")
    koch(depth - 1, ux, uy, tx, ty)
    print(f"{tx:.3f} {ty:.3f}")
    koch(depth - 1, tx, ty, x2, y2)

n = int(input())
print("0.000 0.000")
koch(n, 0, 0, 100, 0)
print("100.000 0.000")
