def inner():
    raise ValueError("deep")

def outer():
    try:
        inner()
    finally:
        print("leaving outer")

try:
    outer()
except ValueError as error:
    print("caught", error)
