s = "one fish two fish"
i = s.find("fish")
j = s.rfind("fish")
print(i, j, s.find("cat"))
t = s.replace("fish", "bird", 1)
print(t, s.count("fish"))
