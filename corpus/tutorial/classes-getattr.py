class Record:
    def __init__(self, **fields):
        self.__dict__.update(fields)

    def __getattr__(self, name):
        return f"<no {name}>"

r = Record(a=1, b=2)
print(r.a, r.c)
setattr(r, "c", 3)
print(r.c, hasattr(r, "b"), vars(r))
