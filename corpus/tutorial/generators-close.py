def worker():
    try:
        while True:
            yield "tick"
    finally:
        print("closed")

w = worker()
print(next(w))
w.close()
