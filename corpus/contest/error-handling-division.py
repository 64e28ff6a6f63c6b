total = 0
for line in range(int(input())):
    text = input()
    try:
        a, b = text.split("/")
        total += int(a) // int(b)
    except ZeroDivisionError:
        print("division by zero:", text)
    except ValueError as error:
        print("bad line:", error)
    finally:
        print("total", total)
