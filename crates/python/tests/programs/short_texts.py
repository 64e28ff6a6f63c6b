import reprlib
from collections import deque
from array import array
for x in (list(range(20)), tuple(range(3)), (1,), (), [], set(range(9)), set(), frozenset('abcdefgh'), deque(range(9)), array('i', range(9)),
          array('d'), {i: str(i) for i in range(9)}, {}, 'a' * 50, 'short', 'it\'s "quoted" ' * 4, 10 ** 60, -5, 3.5, None, b'x' * 60,
          [[[[[[[[1]]]]]]]], {'k': {'k': {'k': {}}}}, range(100000000000, 200000000000, 30000), [1, [2, [3]]]):
    print(reprlib.repr(x))


class Short(reprlib.Repr):
    def repr_float(self, x, level):
        return f'{x:.1f}'


s = Short()
s.maxlist = 2
s.maxlevel = 2
s.maxstring = 10
s.fillvalue = '~'
print(s.repr([1.25, 'abcdefghijklmnop', 3]), s.repr([[[[1]]]]), s.repr({'a': [1, 2, 3]}), s.repr((1.0,)))


class Ring:
    def __init__(self):
        self.items = []

    @reprlib.recursive_repr()
    def __repr__(self):
        """A ring."""
        return 'Ring(' + ', '.join(map(repr, self.items)) + ')'


r = Ring()
r.items.extend([1, r, 'x'])
print(r, Ring.__repr__.__name__, Ring.__repr__.__doc__)
