class Section:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, trace):
        print("exit", self.name, kind is not None)
        return True

with Section("a") as s:
    print("inside", s.name)
with Section("b"):
    raise ValueError("hidden")
