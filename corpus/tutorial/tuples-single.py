empty = ()
single = "alone",
print(len(empty), len(single), single)
print((1,) + (2, 3), (0,) * 3)
