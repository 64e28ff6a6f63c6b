for text in "12", "twelve", "3.5":
    try:
        n = int(text)
    except ValueError as error:
        print(error)
    else:
        print(n * 2)
