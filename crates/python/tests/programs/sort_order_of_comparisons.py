import functools
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        return self.v < o.v
    def __repr__(self): return f"{self.v}"
__log = []
cmp = lambda a, b: (__log.append((a, b)), a - b)[1]
for n in [64, 65, 100, 130, 300]:
    for kind in range(5):
        __data = []
        for i in range(n): __data.append((lambda k, n, i, r: [r % 1000, i if r % 10 else 0, i % (n // 2), -i + r % 3 + i // 40 * 100, i * 3 if i < n // 3 else i - n // 3][k])(kind, n, i, i * i * 7919 % 10007))
        __log.clear()
        __out = sorted(__data, key=functools.cmp_to_key(cmp))
        h = functools.reduce(lambda h, p: (h * 31 + p[0] * 7 + p[1]) % 1000000007, __log, 0)
        print(n, kind, len(__log), h, __out == sorted(__data))
