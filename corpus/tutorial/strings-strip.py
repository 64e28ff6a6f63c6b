s = "  xx hello xx  "
t = s.strip()
u = t.strip("x")
print(repr(t), repr(u), repr(u.lstrip()))
print("www.site.org".removeprefix("www.").removesuffix(".org"))
