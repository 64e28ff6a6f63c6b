# A long text that grows, while others still hold what it was.
def build(count):
    text = "".join(chr(97 + i % 26) for i in range(300))
    kept = []
    for i in range(count):
        kept.append(text)
        text += str(i)
        if i % 7 == 0:
            text = text + "é" if i == 7 else text + "-"
    return text, kept


text, kept = build(10)
print(len(text), len(kept), text[-12:], hash(text) == hash(text[:]))
print([len(old) for old in kept] == sorted(len(old) for old in kept))
print(all(text.startswith(old) for old in kept), kept[3] == kept[4][: len(kept[3])])
print(len({old: 1 for old in kept}), kept[5] in kept, kept[0][299], kept[9][-3:], kept[7].count("0"))
first = kept[0]
one, two = first + "1", first + "2"
three = first + first
print(one[-3:], two[-3:], len(three), one == two, first + "1" == one, sum(1 for c in one if c == "1"))
first += first
first += one
print(len(first), first[300:303], first.upper()[-2:], kept[0] == three[:300])
names = {}
for old in kept[:3]:
    names[old] = len(old)
    setattr(build, old, len(old))
print([getattr(build, old) for old in kept[:3]], [names[old] for old in kept[:3]])
line = ""
for i in range(300):
    line += "xy"
    if i % 100 == 50:
        kept.append(line)
        len([[j] for j in range(5000)])
print(len(line), [len(old) for old in kept[-3:]], line == "xy" * 300, kept[-1] == "xy" * 251)
print(2**40 * 3**30, (2**64 - 1) & (1 << 62 | 5), -(10**20) // 7, -(10**20) % 7, (10**30) >> 40, 10**18 * 10**18, 3**39, 7**23)
print(pow(3, 200, 1000007), pow(-3, 5, 7), pow(5, 0, 1), (-7) ** 3, 10**19 - 10**19 + 5, (1 << 126) * -2, (-1 << 127) - 1, 2**127 ^ 2**126)
total = 0
for key in {"a": 1, "b": 2}:
    total += len(key)
for value in {"a": 1, "b": 2}.values():
    total += value
print(total, [pair for pair in zip("ab", {1: 2, 3: 4})])
