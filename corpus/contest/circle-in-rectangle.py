w, h, x, y, r = map(int, input().split())
inside = r <= x <= w - r and r <= y <= h - r
print("Yes" if inside else "No")
