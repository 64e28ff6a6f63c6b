def share(cake, people):
    try:
        piece = cake / people
    except ZeroDivisionError:
        print("nobody is here")
    else:
        print("each gets", piece)
    finally:
        print("plates washed")

share(3, 2)
share(3, 0)
