rate = 5
def price(amount, r=rate):
    return amount * r

rate = 6
print(price(2))

def log(entry, book=[]):
    book.append(entry)
    return book

print(log("x"), log("y"))
