def generate(s, opened, closed, n):
    if len(s) == 2 * n:
        print(s)
        return
    if opened < n:
        generate(s + "(", opened + 1, closed, n)
    if closed < opened:
        generate(s + ")", opened, closed + 1, n)

generate("", 0, 0, int(input()))
