line = "tab\there\nnew"
raw = r"C:\new"
print(line)
print(raw, len(raw))
print(repr(line))
