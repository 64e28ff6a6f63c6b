for n in range(2, 10):
    if n * n > 30:
        print("stop at", n)
        break
