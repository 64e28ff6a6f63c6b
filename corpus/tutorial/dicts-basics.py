rooms = {"ida": 12, "max": 7}
rooms["lou"] = 9
print(rooms)
del rooms["max"]
print(list(rooms), "lou" in rooms)
