n = 7
s = "%d items, %s, %.2f" % (n, "ok", 3.14159)
print(s)
print("%5d|%-5d|%05d" % (n, n, n))
