__name__ = "collections"

from collections import _count_elements


class Counter(dict):
    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        ordered = sorted(self.items(), key=_second, reverse=True)
        if n is not None and n >= len(ordered):
            return ordered
        return ordered if n is None else ordered[:max(n, 0)]

    def elements(self):
        from itertools import chain, repeat, starmap
        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        if iterable is not None:
            if _is_mapping(iterable):
                if self:
                    known = self.get
                    for element, count in iterable.items():
                        self[element] = count + known(element, 0)
                else:
                    super().update(iterable)
            else:
                _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        if iterable is not None:
            known = self.get
            if _is_mapping(iterable):
                for element, count in iterable.items():
                    self[element] = known(element, 0) - count
            else:
                for element in iterable:
                    self[element] = known(element, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        return self.__class__(self)

    __copy__ = copy

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        if not self:
            return f"{self.__class__.__name__}()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            shown = dict(self)
        return f"{self.__class__.__name__}({shown!r})"

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] == other[e] for c in (self, other) for e in c)

    def __ne__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return not self == other

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] <= other[e] for c in (self, other) for e in c)

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all(self[e] >= other[e] for c in (self, other) for e in c)

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def __add__(self, other):
        return _combine(self, other, lambda a, b: a + b)

    def __sub__(self, other):
        return _combine(self, other, lambda a, b: a - b, negate=True)

    def __or__(self, other):
        return _combine(self, other, lambda a, b: b if a < b else a)

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            others = other[element]
            least = count if count < others else others
            if least > 0:
                result[element] = least
        return result

    def __pos__(self):
        result = Counter()
        for element, count in self.items():
            if count > 0:
                result[element] = count
        return result

    def __neg__(self):
        result = Counter()
        for element, count in self.items():
            if count < 0:
                result[element] = 0 - count
        return result

    def __iadd__(self, other):
        for element, count in other.items():
            self[element] += count
        return _keep_positive(self)

    def __isub__(self, other):
        for element, count in other.items():
            self[element] -= count
        return _keep_positive(self)

    def __ior__(self, other):
        for element, count in other.items():
            if count > self[element]:
                self[element] = count
        return _keep_positive(self)

    def __iand__(self, other):
        for element, count in self.items():
            others = other[element]
            if others < count:
                self[element] = others
        return _keep_positive(self)


def _second(pair):
    return pair[1]


def _is_mapping(value):
    if isinstance(value, dict):
        return True
    if hasattr(value, "keys") and hasattr(value, "__getitem__") and hasattr(value, "items"):
        return True
    return False


def _keep_positive(counter):
    for element in [element for element, count in counter.items() if not count > 0]:
        del counter[element]
    return counter


def _combine(left, right, operation, negate=False):
    if not isinstance(right, Counter):
        return NotImplemented
    result = Counter()
    for element, count in left.items():
        count = operation(count, right[element])
        if count > 0:
            result[element] = count
    for element, count in right.items():
        if element not in left:
            if negate:
                if count < 0:
                    result[element] = 0 - count
            elif count > 0:
                result[element] = count
    return result


Counter.__module__ = "collections"
