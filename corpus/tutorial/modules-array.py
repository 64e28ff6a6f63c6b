from array import array
a = array("i", [12, -7, 30])
print(sum(a), a[1:3])
a.append(5)
print(len(a), a)
