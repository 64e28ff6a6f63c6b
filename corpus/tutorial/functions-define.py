def countdown(n):
    """Print the numbers from n down to zero."""
    while n >= 0:
        print(n, end=" ")
        n -= 1
    print("go")

countdown(3)
start = countdown
start(1)
