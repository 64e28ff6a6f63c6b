colors = ["teal", "grey", "pink", "grey"]
print(colors.count("grey"), colors.index("pink"))
colors.reverse()
colors.insert(1, "navy")
print(colors)
last = colors.pop()
colors.remove("grey")
colors.sort()
print(last, colors)
