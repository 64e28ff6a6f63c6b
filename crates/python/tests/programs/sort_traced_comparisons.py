class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        return self.v < o.v
    def __repr__(self): return f"{self.v}"
print(sorted([K(i * 37 % 101) for i in range(90)]))
