from collections import Counter, defaultdict, OrderedDict
c = Counter("mississippi")
print(c.most_common(2))
d = defaultdict(int)
d["a"] += 2
print(dict(d), d["zz"])
o = OrderedDict(x=1, y=2)
o.move_to_end("x")
print(list(o))
