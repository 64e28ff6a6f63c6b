it = iter([1, 2])
while True:
    try:
        print(next(it))
    except StopIteration:
        print("end")
        break
print(next(it, "default"))
