for n in -7, 7:
    q = n // 2
    r = n % 2
    print(n, q, r, divmod(n, 2))
