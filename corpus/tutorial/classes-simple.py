class Lamp:
    """A lamp that can be asked for its power."""
    watts = 40

    def label(self):
        return "lamp"

x = Lamp()
print(x.watts, x.label())
x.watts = 60
print(x.watts, Lamp.watts)
