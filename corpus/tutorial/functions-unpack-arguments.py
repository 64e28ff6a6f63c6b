bounds = [4, 7]
print(list(range(*bounds)))
style = {"sep": "-", "end": "!\n"}
print(1, 2, 3, **style)
