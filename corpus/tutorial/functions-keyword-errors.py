def order(dish, size="small"):
    return f"{size} {dish}"

print(order("soup"))
try:
    order(size="large")
except TypeError as error:
    print(error)
try:
    order("soup", spice="hot")
except TypeError as error:
    print(error)
