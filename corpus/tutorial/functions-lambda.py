def raiser(k):
    return lambda x: x ** k

square = raiser(2)
print(square(9), raiser(3)(2))
trips = [("rome", 3), ("oslo", 1), ("lima", 2)]
trips.sort(key=lambda trip: trip[1])
print(trips)
