def f():
    try:
        return "try"
    finally:
        print("cleanup")

def g():
    for i in range(2):
        try:
            continue
        finally:
            print("turn", i)

print(f())
g()
