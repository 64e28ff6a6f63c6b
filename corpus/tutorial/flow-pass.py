class Empty:
    pass

for i in range(3):
    pass
print(i, Empty.__name__)
