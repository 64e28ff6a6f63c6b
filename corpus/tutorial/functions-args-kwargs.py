def report(title, *lines, **notes):
    print(title)
    for text in lines:
        print("*", text)
    for key in notes:
        print(key, "=", notes[key])

report("Weather", "sunny", "dry", wind="none", clouds=2)
