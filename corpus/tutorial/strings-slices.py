name = "Madrid"
head = name[:3]
tail = name[3:]
print(head, tail, head + tail)
print(name[-2:], name[::2], name[::-1])
print(name[2:50] + name[50:])
