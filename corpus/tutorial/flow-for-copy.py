seats = {"a1": True, "a2": False, "b1": True}
for seat, taken in seats.copy().items():
    if not taken:
        del seats[seat]
print(seats)
