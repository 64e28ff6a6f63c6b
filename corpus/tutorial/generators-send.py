def echo():
    received = []
    while len(received) < 2:
        item = yield received
        received.append(item)
    return received

g = echo()
print(next(g))
print(g.send("a"))
try:
    g.send("b")
except StopIteration as stop:
    print(stop.value)
