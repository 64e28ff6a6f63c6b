steps = [3, 6, 12, 24]
print(steps[0], steps[-1])
print(steps[-2:])
more = steps + [48]
print(more, len(more))
