def area(w, h):
    """Return the area of a rectangle.

    Both sides are in metres."""
    return w * h

print(area.__doc__.splitlines()[0])
print(area.__name__, area(2, 3))
