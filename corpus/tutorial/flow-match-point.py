def side(box):
    match box:
        case (0, 0):
            return "nothing"
        case (0, h):
            return f"line {h} high"
        case (w, 0):
            return f"line {w} wide"
        case (w, h) if w == h:
            return "square"
        case _:
            return "oblong"

for b in (0, 0), (0, 3), (4, 4), (1, 2):
    print(side(b))
